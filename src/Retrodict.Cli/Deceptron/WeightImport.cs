using System.Globalization;
using Retrodict.Autodiff;
using Retrodict.Catalogue;
using Retrodict.Cli.Hosting;
using Retrodict.Data;
using Retrodict.Learning;

namespace Retrodict.Cli.Deceptron;

/// <summary>Models from weights that were published as NumPy arrays. The sizes of networks are those of the arrays.</summary>
internal static class WeightImport
{
    public static DeceptronModel Read(string path, string architecture, string prefix, BenchmarkProblem? problem)
    {
        try
        {
            using NpzFile file = NpzFile.Open(path);
            (Architecture built, ModelShapes shapes) = architecture == ImportedArchitectures.Mlp
                ? Dense(file, prefix, problem)
                : Convolutional(file, prefix, problem);
            return DeceptronModel.Import(file, built, shapes, prefix) with { Problem = problem?.Name ?? "" };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"FILE.npz: '{path}': {e.Message}", e);
        }
        catch (ArgumentException e)
        {
            throw new InputException($"FILE.npz: '{path}' does not fit {architecture}: {e.Message.Split(" (Parameter")[0]}", e);
        }
    }

    private static (Architecture, ModelShapes) Dense(NpzFile file, string prefix, BenchmarkProblem? problem)
    {
        int[] first = ShapeOf(file, $"{prefix}{Architecture.ReverseName}.network.0.weight", 2);
        int[] last = ShapeOf(file, $"{prefix}{Architecture.ReverseName}.network.2.weight", 2);
        ModelShapes shapes = problem is null ? new ModelShapes(last[0], first[1]) : ModelShapes.Of(problem.ToInverseProblem());
        return (new MlpArchitecture { Hidden = first[0] }, shapes);
    }

    private static (Architecture, ModelShapes) Convolutional(NpzFile file, string prefix, BenchmarkProblem? problem)
    {
        if (problem is null)
        {
            throw new UsageException($"--architecture {ImportedArchitectures.ResidualConvolution} needs --problem NAME, as weights of "
                + "convolutions do not tell the grid");
        }

        int channels = ShapeOf(file, $"{prefix}{Architecture.ReverseName}.entry.weight", 5)[0];
        int blocks = 0;
        while (file.Names.Contains(Weight(blocks + 1)))
        {
            blocks++;
        }

        return (new ResidualConvolutionArchitecture(3, channels, blocks), ModelShapes.Of(problem.ToInverseProblem()));

        string Weight(int block) =>
            string.Create(CultureInfo.InvariantCulture, $"{prefix}{Architecture.ReverseName}.block{block}.conv1.weight");
    }

    private static int[] ShapeOf(NpzFile file, string name, int rank)
    {
        if (!file.Names.Contains(name))
        {
            string hint = file.Names.FirstOrDefault(other => other.EndsWith(name, StringComparison.Ordinal)) is { } found
                ? $"; --prefix {found[..^name.Length]} may be meant" : "";
            throw new DataFormatException($"there is no array '{name}'{hint}; there are: {string.Join(", ", file.Names)}");
        }

        int[] shape = file.ReadHeader(name).Shape.ToArray();
        return shape.Length == rank && shape.All(length => length > 0)
            ? shape
            : throw new DataFormatException(
                string.Create(CultureInfo.InvariantCulture, $"'{name}' has shape ({string.Join(", ", shape)}); {rank} axes are needed"));
    }
}
