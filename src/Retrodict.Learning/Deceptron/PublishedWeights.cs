using Retrodict.Autodiff;
using Retrodict.Data;

namespace Retrodict.Learning;

/// <summary>See <see cref="DeceptronModel.Import"/>.</summary>
internal static class PublishedWeights
{
    public static DeceptronModel Read(NpzFile file, Architecture architecture, ModelShapes shapes, string prefix)
    {
        bool hasForward = file.Names.Any(name => name.StartsWith($"{prefix}{Architecture.ForwardName}.", StringComparison.Ordinal));
        bool standardized = file.Names.Contains("y_mean") && file.Names.Contains("y_std");
        int m = shapes.Observations;
        double[] deviation = standardized ? Elements(file, "y_std", [m]) : [.. Enumerable.Repeat(1.0, m)];
        if (!Array.TrueForAll(deviation, value => value > 0))
        {
            throw new DataFormatException("'y_std' has an element that is not positive.");
        }

        return new DeceptronModel
        {
            Shapes = shapes,
            Architecture = architecture,
            ReverseParameters = Parameters(file, architecture.ReverseMap(shapes), prefix),
            ForwardParameters = hasForward ? Parameters(file, architecture.ForwardMap(shapes), prefix) : null,
            ObservationMean = standardized ? Elements(file, "y_mean", [m]) : new double[m],
            ObservationDeviation = deviation,
            Training = new Dictionary<string, string> { ["mode"] = hasForward ? "surrogate" : "physics", ["options"] = "imported weights" },
        };
    }

    private static float[] Parameters(NpzFile file, Network network, string prefix)
    {
        float[] values = new float[network.Parameters.Length];
        foreach (Parameter parameter in network.Parameters.Parameters)
        {
            double[] elements = Elements(file, prefix + parameter.Name, parameter.Shape);
            Array.ConvertAll(elements, element => (float)element).CopyTo(network.Parameters.Window(parameter.Name, values.AsSpan()));
        }

        return values;
    }

    private static double[] Elements(NpzFile file, string name, Shape shape)
    {
        if (!file.Names.Contains(name))
        {
            throw new DataFormatException($"There is no array {Quoted(name)}; there are: {string.Join(", ", file.Names)}.");
        }

        NumpyArray array = file[name];
        int[] needed = [.. shape];
        if (!array.Shape.SequenceEqual(needed))
        {
            IEnumerable<string> all = file.Names.Select(other => $"{other} {Listed(file.ReadHeader(other).Shape.ToArray())}");
            throw new DataFormatException(
                $"{Quoted(name)} has shape {Listed(array.Shape.ToArray())}, but {Listed(needed)} is needed. "
                + $"There are: {string.Join(", ", all)}.");
        }

        double[] values = array.ToDoubles();
        return Array.TrueForAll(values, value => double.IsFinite(value) && float.IsFinite((float)value))
            ? values
            : throw new DataFormatException($"{Quoted(name)} has an element that is not a finite single-precision number.");
    }

    private static string Listed(int[] shape) => $"[{string.Join(", ", shape)}]";

    private static string Quoted(string name) => $"'{name}'";
}
