using System.Globalization;
using Retrodict.Cli.Hosting;
using Retrodict.Cli.Options;
using Retrodict.Data;

namespace Retrodict.Cli.Readers;

/// <summary>A table of numbers, a row an instance.</summary>
internal sealed class Rows(double[] values, int length)
{
    public ReadOnlySpan<double> Values => values;

    public int Length => length;

    public int Count => values.Length / length;

    public ReadOnlySpan<double> this[int row] => values.AsSpan(row * length, length);

    /// <summary>Loads the rows at an address, all of the given length and finite. A vector of that length is a single row.</summary>
    public static Rows Load(string option, string address, int length, string what)
    {
        NumpyArray array;
        try
        {
            array = NumpySource.Load(address);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{option}: {e.Message}", e);
        }

        bool single = array.Rank == 1 && array.Length == length;
        if (array.Length == 0 || array.Rank == 0 || !(single || array.RowLength == length))
        {
            throw new InputException(string.Create(
                CultureInfo.InvariantCulture,
                $"{option}: '{address}' has shape ({string.Join(", ", array.Shape.ToArray())}), but {what} needs shape (count, {length}), a row an instance"));
        }

        var rows = new Rows(array.ToDoubles(), length);
        int bad = rows.Values.IndexOfAnyNonFinite();
        return bad < 0 ? rows : throw new InputException(string.Create(
            CultureInfo.InvariantCulture,
            $"{option}: row {bad / length} of '{address}' has {rows.Values[bad]} in column {bad % length} (counted from 0); all numbers must be finite"));
    }
}
