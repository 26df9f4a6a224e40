using System.Globalization;
using Retrodict.Autodiff;
using Retrodict.Data;

namespace Retrodict.Learning.Tests.Deceptron;

public sealed class ModelFileTests
{
    private static readonly Lazy<DeceptronModel> _model = new(() => DeceptronTrainer.Train(
        LinearGaussian.Learning,
        new PhysicsTraining
        {
            Hidden = 5,
            Layers = 2,
            BasisSamples = 200,
            ValidationSamples = 50,
            CalibrationSamples = 100,
            Penalty = JacobianPenalty.Bayesian,
            Estimate = new HeadTraining { Steps = 10, BatchSize = 8 },
            Gain = new HeadTraining { Steps = 10, BatchSize = 8 },
            Form = PullBackForm.Tangent,
            DiscrepancyStop = null,
            Anchor = SafeguardAnchor.None,
        }));

    [Fact]
    public void A_model_comes_back_from_its_file_as_it_was()
    {
        using var folder = new TemporaryFolder();
        DeceptronModel model = _model.Value;
        model.Save(folder["model.safetensors"]);
        DeceptronModel loaded = DeceptronModel.Load(folder["model.safetensors"]);
        Assert.Equal(["model.safetensors"], folder.Files);
        Assert.Equal(model.ReverseParameters.ToArray(), loaded.ReverseParameters.ToArray());
        Assert.Equal(model.GainParameters!.Value.ToArray(), loaded.GainParameters!.Value.ToArray());
        Assert.Null(loaded.ForwardParameters);
        Assert.Equal(model.ObservationMean, loaded.ObservationMean);
        Assert.Equal(model.ObservationDeviation, loaded.ObservationDeviation);
        Assert.Equal(model.Errors!.Components, loaded.Errors!.Components);
        Assert.Equal(model.Errors.Remaining, loaded.Errors.Remaining);
        Assert.Equal(model.Calibration, loaded.Calibration);
        Assert.Equal(model.Fingerprint!.Observations, loaded.Fingerprint!.Observations);
        Assert.Equal(
            (model.Problem, model.Form, model.DiscrepancyStop, model.Anchor),
            (loaded.Problem, loaded.Form, loaded.DiscrepancyStop, loaded.Anchor));
        Assert.Equal(model.Training, loaded.Training);
        float[] y = [0.3f, -0.2f, 1];
        Assert.Equal(model.ReverseFunction.Compile<float>().Evaluate(y)[0], loaded.ReverseFunction.Compile<float>().Evaluate(y)[0]);
        loaded.Save(folder["again.safetensors"]);
        Assert.Equal(File.ReadAllBytes(folder["model.safetensors"]), File.ReadAllBytes(folder["again.safetensors"]));
    }

    [Fact]
    public void Another_problem_is_refused_with_what_makes_it_another_one()
    {
        DeceptronModel model = _model.Value;
        model.RequireProblem(LinearGaussian.Problem);
        model.RequireProblem(LinearGaussian.Problem with { Noise = 3, Bounds = new Box(-1, 1) });
        var scaled = new InverseProblem(
            x => Value.MatMul(Value.Constant([.. LinearGaussian.Matrix.Select(entry => 1.001 * entry)], [3, 4]), x), 4);
        ArgumentException e = Assert.Throws<ArgumentException>(() => model.RequireProblem(scaled));
        Assert.Contains("trained for 'linear'", e.Message, StringComparison.Ordinal);
        Assert.Contains("test point 0", e.Message, StringComparison.Ordinal);
        e = Assert.Throws<ArgumentException>(() => model.RequireProblem(new InverseProblem(x => x, 4)));
        Assert.Contains("this problem has 4 and 4", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_can_be_tied_to_a_problem()
    {
        DeceptronModel loose = _model.Value with { Fingerprint = null, Problem = "" };
        Assert.False(loose.IsTied);
        var zero = new InverseProblem(x => Value.MatMul(Value.Constant(new double[12], [3, 4]), x), 4);
        loose.RequireProblem(zero);
        DeceptronModel tied = loose.TiedTo(LinearGaussian.Problem, [0.1, 0.2, 0.3, 0.4]);
        Assert.True(tied.IsTied);
        tied.RequireProblem(LinearGaussian.Problem);
        Assert.Throws<ArgumentException>(() => tied.RequireProblem(zero));
        Assert.Throws<ArgumentException>(() => loose.TiedTo(LinearGaussian.Problem, [0.1, 0.2, 0.3]));
        Assert.Throws<ArgumentException>(() => loose.TiedTo(new InverseProblem(x => x, 4), [0.1, 0.2, 0.3, 0.4]));
    }

    [Theory]
    [InlineData("format", "something", "format")]
    [InlineData("version", "2", "version 2")]
    [InlineData("unknown", "4,x", "shape 'unknown'")]
    [InlineData("unknown", "99999,99999", "shape 'unknown'")]
    [InlineData("unknown", "5", "shape")]
    [InlineData("architecture", "{", "JSON")]
    [InlineData("architecture", "{\"name\":\"transformer\"}", "transformer")]
    [InlineData("architecture", "{\"name\":\"principal-mlp\",\"features\":3,\"components\":-4,\"hidden\":5,\"layers\":2}", "components")]
    [InlineData("architecture", "{\"name\":\"principal-mlp\",\"features\":3,\"components\":4,\"hidden\":6,\"layers\":2}", "shape")]
    [InlineData("form", "sideways", "form")]
    [InlineData("calibration", "{\"composition\":-1}", "calibration")]
    [InlineData("calibration", "nonsense", "calibration")]
    [InlineData("discrepancy_stop", "-1", "discrepancy")]
    [InlineData("anchor", "Sea", "anchor")]
    public void Metadata_that_does_not_fit_is_named(string key, string value, string expected)
    {
        using var folder = new TemporaryFolder();
        SafetensorsFile file = Saved(folder);
        Dictionary<string, string> metadata = new(file.Metadata) { [key] = value };
        new SafetensorsFile(file.Tensors, metadata).Write(folder["bad.safetensors"]);
        DataFormatException e = Assert.Throws<DataFormatException>(() => DeceptronModel.Load(folder["bad.safetensors"]));
        Assert.Contains(expected, e.Message, StringComparison.Ordinal);
        metadata.Remove(key);
        new SafetensorsFile(file.Tensors, metadata).Write(folder["bad.safetensors"]);
        if (key is not ("calibration" or "anchor"))
        {
            Assert.Throws<DataFormatException>(() => DeceptronModel.Load(folder["bad.safetensors"]));
        }
    }

    [Fact]
    public void Every_tensor_is_needed_in_its_shape_and_finite()
    {
        using var folder = new TemporaryFolder();
        SafetensorsFile file = Saved(folder);
        foreach (SafetensorsTensor tensor in file.Tensors)
        {
            // A head, the errors and the fingerprint may be missing as a whole, but not in part.
            bool whole = tensor.Name is "errors.components" or "fingerprint.x";
            new SafetensorsFile(file.Tensors.Where(other => other != tensor), file.Metadata).Write(folder["bad.safetensors"]);
            if (!whole)
            {
                DataFormatException missing = Assert.Throws<DataFormatException>(() => DeceptronModel.Load(folder["bad.safetensors"]));
                Assert.Contains(tensor.Name, missing.Message, StringComparison.Ordinal);
            }

            double[] elements = tensor.ToDouble();
            Assert.Throws<DataFormatException>(
                () => DeceptronModel.Load(With(new SafetensorsTensor(tensor.Name, [elements.Length + 1], [.. elements, 0.0]))));
            elements[0] = double.NaN;
            if (tensor.Name != "fingerprint.y")
            {
                Assert.Throws<DataFormatException>(
                    () => DeceptronModel.Load(With(new SafetensorsTensor(tensor.Name, tensor.Shape, elements))));
            }

            string With(SafetensorsTensor replacement)
            {
                new SafetensorsFile(
                    file.Tensors.Select(other => other == tensor ? replacement : other), file.Metadata).Write(folder["bad.safetensors"]);
                return folder["bad.safetensors"];
            }
        }
    }

    [Fact]
    public void The_solver_of_a_model_has_its_settings()
    {
        DeceptronGradient solver = _model.Value.ToSolver();
        Assert.Equal(
            (PullBackForm.Tangent, SafeguardAnchor.None, (double?)null),
            (solver.ReverseMap.Form, solver.Anchor, solver.Stopping.DiscrepancyTolerance));
        solver = (_model.Value with { DiscrepancyStop = 1.1 }).ToSolver();
        Assert.Equal(1.1, solver.Stopping.DiscrepancyTolerance);
        SolveResult result = solver.Solve(LinearGaussian.Problem, [0.1, 0.2, 0.3], LinearGaussian.Mean);
        Assert.Equal(SolveStatus.Converged, result.Status);
        Assert.NotNull(result.Summary.Learned);
    }

    private static SafetensorsFile Saved(TemporaryFolder folder)
    {
        string path = folder[string.Create(CultureInfo.InvariantCulture, $"model.safetensors")];
        _model.Value.Save(path);
        return SafetensorsFile.Read(path);
    }
}
