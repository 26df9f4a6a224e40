using Retrodict.Cli.Hosting;
using Retrodict.Cli.Requests;
using Retrodict.Data;

namespace Retrodict.Cli.Fitting;

/// <summary>Reads the tables of a fit, the columns under their short names.</summary>
internal static class TableReader
{
    /// <summary>The data that are fitted.</summary>
    public static DataColumns Data(FitRequest request, Terminal terminal)
    {
        DataColumns data = Read(request.File, request.Reading, terminal);
        foreach ((string name, string column) in request.Columns)
        {
            try
            {
                data = data.Renamed(column, name);
            }
            catch (Exception e) when (e is KeyNotFoundException or ArgumentException)
            {
                throw new UsageException($"--column: {e.Message.Split(" (Parameter")[0].TrimEnd('.')}");
            }
        }

        return data;
    }

    /// <summary>The rows that are predicted for. People write such files by hand: one may have a header although the data have none, and
    /// short names in it.</summary>
    public static DataColumns? Rows(FitRequest request, Terminal terminal)
    {
        if (request.Predict is not { } path)
        {
            return null;
        }

        CsvOptions reading = request.Reading;
        DataColumns rows = Read(
            path, reading.Header == CsvHeader.Absent ? reading with { Header = CsvHeader.Optional } : reading, terminal);
        return request.Columns
            .Where(entry => rows.Contains(entry.Column) && !rows.Contains(entry.Name))
            .Aggregate(rows, (renamed, entry) => renamed.Renamed(entry.Column, entry.Name));
    }

    private static DataColumns Read(string path, CsvOptions reading, Terminal terminal)
    {
        if (path != FitRequest.StandardInput)
        {
            return CsvFile.Read(path, reading);
        }

        using Stream input = terminal.Input();
        return CsvFile.Read(input, "standard input", reading);
    }
}
