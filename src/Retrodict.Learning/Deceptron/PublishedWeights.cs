using Retrodict.Autodiff;
using Retrodict.Data;

namespace Retrodict.Learning;

/// <summary>Reads weights that were trained elsewhere: a NumPy archive with one array a parameter, under the names that PyTorch's <c>state_dict</c> has.</summary>
public static class PublishedWeights
{
    /// <summary>Makes a model of an archive. Forward weights are taken where there are any; <c>y_mean</c> and <c>y_std</c> [m] where there are both, else observations are standardized already.</summary>
    /// <param name="file">The archive, with arrays such as <c>reverse_map.network.0.weight</c>; dense weights are [outputs, inputs].</param>
    /// <param name="architecture">How the networks are built.</param>
    /// <param name="shapes">The shapes of x and y.</param>
    /// <param name="prefix">What stands in front of the names of weights, for instance <c>plus.</c>; empty for nothing.</param>
    /// <exception cref="DataFormatException">An array is missing, has another shape, or an element that is not finite; the message says which and what there is.</exception>
    public static DeceptronModel Import(NpzFile file, Architecture architecture, ModelShapes shapes, string prefix = "")
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(architecture);
        ArgumentNullException.ThrowIfNull(shapes);
        ArgumentNullException.ThrowIfNull(prefix);
        bool hasForward = file.Names.Any(name => name.StartsWith($"{prefix}{Architecture.ForwardName}.", StringComparison.Ordinal));
        bool standardized = file.Names.Contains("y_mean") && file.Names.Contains("y_std");
        int m = shapes.Observations;
        double[] deviation = standardized ? Read(file, "y_std", [m]) : [.. Enumerable.Repeat(1.0, m)];
        if (!Array.TrueForAll(deviation, value => value > 0))
        {
            throw new DataFormatException("'y_std' has an element that is not positive.");
        }

        return new DeceptronModel
        {
            Shapes = shapes,
            Architecture = architecture,
            ReverseParameters = Parameters(file, architecture.ReverseMap(shapes), prefix),
            ForwardParameters = hasForward ? Parameters(file, architecture.ForwardMap(shapes), prefix) : (ReadOnlyMemory<float>?)null,
            ObservationMean = standardized ? Read(file, "y_mean", [m]) : new double[m],
            ObservationDeviation = deviation,
            Training = new Dictionary<string, string> { ["mode"] = hasForward ? "surrogate" : "physics", ["options"] = "imported weights" },
        };
    }

    private static float[] Parameters(NpzFile file, Network network, string prefix)
    {
        float[] values = new float[network.Parameters.Length];
        foreach (Parameter parameter in network.Parameters.Parameters)
        {
            double[] elements = Read(file, prefix + parameter.Name, parameter.Shape);
            Array.ConvertAll(elements, element => (float)element).CopyTo(network.Parameters.Window(parameter.Name, values.AsSpan()));
        }

        return values;
    }

    private static double[] Read(NpzFile file, string name, Shape shape)
    {
        if (!file.Names.Contains(name))
        {
            throw new DataFormatException($"There is no array {Quoted(name)}; there are: {string.Join(", ", file.Names)}.");
        }

        NumpyArray array = file[name];
        int[] needed = [.. shape];
        if (!array.Shape.SequenceEqual(needed))
        {
            throw new DataFormatException(
                $"{Quoted(name)} has shape [{string.Join(", ", array.Shape.ToArray())}], but [{string.Join(", ", needed)}] is needed. There are: "
                + $"{string.Join(", ", file.Names.Select(other => $"{other} [{string.Join(", ", file.ReadHeader(other).Shape.ToArray())}]"))}.");
        }

        double[] values = array.ToDoubles();
        return Array.TrueForAll(values, value => double.IsFinite(value) && float.IsFinite((float)value))
            ? values
            : throw new DataFormatException($"{Quoted(name)} has an element that is not a finite single-precision number.");
    }

    private static string Quoted(string name) => $"'{name}'";
}
