using Retrodict.Autodiff;
using Retrodict.Randomness;

namespace Retrodict.Learning.Tests.Surrogates;

/// <summary>An objective of small networks with its data, in double precision.</summary>
internal sealed class SurrogateCase
{
    public const int Batch = 3;

    private readonly Dictionary<string, double[]> _data = [];

    public SurrogateCase(
        Architecture architecture, ModelShapes shapes, SurrogateTraining training, SurrogateLosses losses, bool ramped = false)
    {
        Maps = new SurrogateMaps(architecture, shapes, training.Tied);
        Objective = SurrogateObjective.Create(Maps, training with { BatchSize = Batch }, losses, ramped, Maps.Parameters, null);
        var random = new RandomStream(5);
        Parameters = new double[Maps.Parameters.Length];
        random.Child("parameters").FillUniform<double>(Parameters, -0.8, 0.8);
        foreach (Variable input in Objective.Data)
        {
            _data[input.Name] = new double[input.Shape.ElementCount];
            random.Child(input.Name).FillNormal<double>(_data[input.Name]);
        }
    }

    public SurrogateMaps Maps { get; }

    public TrainingObjective Objective { get; }

    public double[] Parameters { get; }

    public double[] Data(string name) => _data[name];

    public double[] Parameter(string name)
    {
        int offset = Maps.Parameters.Offset(name);
        return Parameters[offset..(offset + Maps.Parameters.Parameters.First(parameter => parameter.Name == name).Shape.ElementCount)];
    }

    /// <summary>Loss and terms by name.</summary>
    public Dictionary<string, double> Evaluate()
    {
        using Workspace<double> workspace = Objective.Function.Compile<double>().Rent();
        Fill(workspace);
        workspace.Run();
        return Objective.Function.Outputs.Select((output, i) => (output.Name, Value: workspace.Output(i)[0])).ToDictionary(
            pair => pair.Name, pair => pair.Value);
    }

    public double[] Gradient()
    {
        using Workspace<double> workspace = Objective.WithGradient().Compile<double>().Rent();
        Fill(workspace);
        workspace.Run();
        int first = 1 + Objective.Terms.Count;
        var gradient = new List<double>();
        for (int i = 0; i < Maps.Parameters.Parameters.Count; i++)
        {
            gradient.AddRange(workspace.Output(first + i));
        }

        return [.. gradient];
    }

    private void Fill(Workspace<double> workspace)
    {
        foreach (Parameter parameter in Maps.Parameters.Parameters)
        {
            Parameter(parameter.Name).CopyTo(workspace.Input(parameter.Name));
        }

        foreach ((string name, double[] values) in _data)
        {
            values.CopyTo(workspace.Input(name));
        }
    }
}
