using System.Globalization;
using Retrodict.Cli.Hosting;
using Retrodict.Comparison;
using Retrodict.Data;

namespace Retrodict.Cli.Readers;

/// <summary>Rows from files.</summary>
internal static class RowReader
{
    /// <summary>Loads the rows at an address, all of the given length and finite. A vector of that length is a single row.</summary>
    /// <exception cref="InputException">The file cannot be read, or holds other rows.</exception>
    public static RowTable Load(string option, string address, int length, string what)
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
            string shape = string.Join(", ", array.Shape.ToArray());
            throw new InputException(string.Create(
                CultureInfo.InvariantCulture,
                $"{option}: '{address}' has shape ({shape}), but {what} needs shape (count, {length}), a row an instance"));
        }

        double[] values = array.ToDoubles();
        int bad = Array.FindIndex(values, value => !double.IsFinite(value));
        return bad < 0 ? new RowTable(values, length) : throw new InputException(string.Create(
            CultureInfo.InvariantCulture,
            $"{option}: row {bad / length} of '{address}' has {values[bad]} in column {bad % length} (counted from 0); all numbers must be "
                + $"finite"));
    }
}
