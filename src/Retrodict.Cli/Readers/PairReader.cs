using System.Globalization;
using Retrodict.Autodiff;
using Retrodict.Cli.Hosting;
using Retrodict.Cli.Requests;
using Retrodict.Data;
using Retrodict.Learning;

namespace Retrodict.Cli.Readers;

/// <summary>Pairs from a file: arrays <c>x</c> and <c>y</c>, a row or a grid a sample. Every tenth pair, at least two, is kept from
/// training.</summary>
internal static class PairReader
{
    private const int LeastPairs = 4;

    public static (PairedData Training, PairedData HeldOut) Load(string path)
    {
        (NumpyArray x, NumpyArray y) = Arrays(path);
        int count = x.Shape.Length == 0 ? 0 : x.Shape[0];
        if (y.Shape.Length == 0 || y.Shape[0] != count || count < LeastPairs || x.Length == 0 || y.Length == 0)
        {
            throw new InputException(string.Create(
                CultureInfo.InvariantCulture,
                $"'{path}': x has shape ({Text(x)}) and y ({Text(y)}); both need as many rows, at least {LeastPairs}, a sample each"));
        }

        var shapes = new ModelShapes(SampleShape(x), SampleShape(y));
        int kept = Math.Max(2, count / 10);
        bool IsKept(int row) => (long)(row + 1) * kept / count > (long)row * kept / count;
        try
        {
            return (Part(row => !IsKept(row)), Part(IsKept));
        }
        catch (ArgumentException e)
        {
            throw new InputException($"'{path}': {e.Message.Split(" (Parameter")[0]}", e);
        }

        PairedData Part(Func<int, bool> chosen) => new(
            "data", shapes, Rows(x.ToDoubles(), shapes.Unknowns, chosen), Rows(y.ToDoubles(), shapes.Observations, chosen));
    }

    private static (NumpyArray X, NumpyArray Y) Arrays(string path)
    {
        try
        {
            using NpzFile file = NpzFile.Open(path);
            return (file.Load("x"), file.Load("y"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{TrainSource.DataPrefix}{path}: {e.Message}", e);
        }
    }

    private static double[] Rows(double[] values, int length, Func<int, bool> chosen) => [.. values.Where((_, i) => chosen(i / length))];

    private static Shape SampleShape(NumpyArray array) => array.Shape.Length == 1 ? 1 : Shape.Of(array.Shape[1..].ToArray());

    private static string Text(NumpyArray array) => string.Join(", ", array.Shape.ToArray());
}
