using System.Globalization;
using System.Text;
using System.Text.Json;
using Retrodict.Cli.Hosting;
using Retrodict.Data;

namespace Retrodict.Cli.Tests;

/// <summary>
/// Tables as laboratories write them, on the command line. Ordinary least squares of the five rows, by hand: mean x 2, mean y 5.004, Sxx
/// 10, Sxy 19.96, so a = 1.012 ± 0.031 and b = 1.996 ± 0.013.
/// </summary>
public sealed class FitTableTests : TemporaryFolder
{
    private const string Rows = "0,1.02\n1,2.98\n2,5.05\n3,6.96\n4,9.01\n";
    private static readonly string[] _line = ["--model", "a+b*t", "--response", "y", "--start", "a=0,b=1"];

    [Theory]
    [InlineData("Time (s),Signal [mV]\n" + Rows, "--model|a+b*\"Time (s)\"|--response|Signal [mV]")]
    [InlineData("Time (s),Signal [mV]\n" + Rows, "--model|a+b*`Time (s)`|--response|\"Signal [mV]\"")]
    [InlineData("Time (s),Signal [mV]\n" + Rows, "--model|\"Signal [mV]\"=a+b*\"Time (s)\"")]
    [InlineData("Time (s),Signal [mV]\n" + Rows, "--model|a+b*t|--column|t=Time (s)|--response|Signal [mV]")]
    [InlineData("Time (s),Signal [mV]\n" + Rows, "--model|a+b*t|--column|t=\"Time (s)\"|--column|y=Signal [mV]|--response|y")]
    [InlineData("t/µs,y\n" + Rows, "--model|a+b*\"t/µs\"|--response|y")]
    [InlineData("# instrument X, 2021\n# T = 20\nt,y\n" + Rows, "--model|y=a+b*t")]
    [InlineData("t,y\n" + Rows + "\n\n# end\n", "--model|y=a+b*t")]
    [InlineData("#t,y\n" + Rows, "--model|y=a+b*t")]
    [InlineData("t,y\ns,mV\n" + Rows, "--model|y=a+b*t")]
    [InlineData("t;y\n0;1,02\n1;2,98\n2;5,05\n3;6,96\n4;9,01\n", "--model|y=a+b*t|--decimal|,")]
    [InlineData("t,y\n0,1.02D+00\n1,2.98D+00\n2,5.05D+00\n3,6.96D+00\n4,9.01D+00\n", "--model|y=a+b*t")]
    [InlineData(Rows, "--model|c2=a+b*c1|--no-header")]
    [InlineData(Rows, "--model|y=a+b*t|--names|t,y")]
    [InlineData("Model,X,Y\n\nt,y\n" + Rows, "--model|y=a+b*t|--skip|2")]
    [InlineData("  t    y\n 0   1.02\n 1 2.98\n 2 5.05\n 3 6.96\n 4 9.01\n", "--model|y=a+b*t")]
    [InlineData("  t    y\n 0   1.02\n 1 2.98\n 2 5.05\n 3 6.96\n 4 9.01\n", "--model|y=a+b*t|--separator|blank")]
    [InlineData("! X\nt,y\n" + Rows, "--model|y=a+b*t|--comment|!")]
    public void The_line_comes_out(string text, string arguments)
    {
        JsonElement fit = Cli.Json(["fit", Text("a.csv", text), .. arguments.Split('|'), "--start", "a=0,b=1"]);
        Assert.Equal([(1.012, 0.031), (1.996, 0.013)], Parameters(fit, 3));
        Assert.Equal(5, fit.GetProperty("rows").GetInt32());
        Assert.Equal((0, 0), LeftOut(fit));
    }

    [Fact]
    public void Files_in_other_encodings_are_read_if_asked_for()
    {
        string path = File("latin.csv");
        System.IO.File.WriteAllText(path, "t/µs,y\n" + Rows, Encoding.Latin1);
        string[] line = ["fit", path, "--model", "y=a+b*\"t/µs\"", "--start", "a=0,b=1"];
        Assert.Contains(
            "is not UTF-8 text; save it as UTF-8, or say what it is (--encoding latin-1)", Cli.Fail(1, line), StringComparison.Ordinal);
        Assert.Equal([(1.012, 0.031), (1.996, 0.013)], Parameters(Cli.Json([.. line, "--encoding", "latin-1"]), 3));
    }

    /// <summary>Weighted least squares of the rows t = 0, 2, 3, 4 with s = 0.1, known.</summary>
    [Theory]
    [InlineData("", "skip", 1, 0, "1 row is left out, as a value is missing there")]
    [InlineData("NA", "skip", 1, 0, "1 row is left out, as a value is missing there")]
    [InlineData("nan", "skip", 1, 0, "1 row is left out, as a value is missing there")]
    [InlineData("2.98,inf", "refuse", 0, 1, "1 row is left out, as the standard deviation is infinite there")]
    public void Rows_are_left_out_and_counted(string second, string missing, int without, int infinite, string remark)
    {
        string row = second.Contains(',', StringComparison.Ordinal) ? second : $"{second},.1";
        string path = Text("a.csv", $"t,y,s\n0,1.02,.1\n1,{row}\n2,5.05,.1\n3,6.96,.1\n4,9.01,.1\n");
        string[] line = ["fit", path, .. _line, "--sigma", "s", "--missing", missing];
        JsonElement fit = Cli.Json(line);
        Assert.Equal([(1.028, 0.091), (1.992, 0.0338)], Parameters(fit, 4));
        Assert.Equal((without, infinite), LeftOut(fit));
        Assert.Equal(4, fit.GetProperty("rows").GetInt32());
        Assert.Contains($"4 rows of {path} by", Cli.Run(line).Output.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Contains(remark, Cli.Run(line).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("blank", "1,,.1", "line 3: the value of column 'y' is missing; rows without a value are left out if asked for " +
        "(--missing skip)")]
    [InlineData("thousands", "1,\"2,980.1\",.1", "is '2,980.1', with ',' as a separator of thousands; numbers have none")]
    [InlineData("decimal comma", "1,\"2,9\",.1", "is '2,9'; numbers have a decimal point")]
    [InlineData("decimal comma without quotation marks", "1,2,9,.1", "line 3: the number of fields is 4, but the header has 3; " +
        "numbers with decimal commas need")]
    public void What_is_no_number_is_refused(string kind, string row, string message)
    {
        Assert.NotEmpty(kind);
        string path = Text("a.csv", $"t,y,s\n0,1.02,.1\n{row}\n2,5.05,.1\n3,6.96,.1\n");
        Assert.Contains(message, Cli.Fail(1, ["fit", path, .. _line, "--sigma", "s"]), StringComparison.Ordinal);
    }

    [Fact]
    public void The_minus_of_word_processors_is_one()
    {
        string ascii = Text("a.csv", "t,y\n0,-1.02\n1,2.98\n2,5.05\n3,6.96\n"), unicode = Text(
            "u.csv", "t,y\n0,\u22121.02\n1,2.98\n2,5.05\n3,6.96\n");
        Assert.Equal(Cli.Run(["fit", ascii, .. _line, "--json"]).Output, Cli.Run(["fit", unicode, .. _line, "--json"]).Output);
    }

    [Fact]
    public void The_beginning_of_a_column_s_name_gets_a_hint()
    {
        string path = Text("a.csv", "t/µs,y\n" + Rows);
        Assert.Contains("'t' is the beginning of the column 't/µs', which is written in quotation marks, " +
            "\"t/µs\"", Cli.Fail(2, ["fit", path, .. _line]), StringComparison.Ordinal);
    }

    [Fact]
    public void Standard_input_is_a_table()
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var terminal = new Terminal(output, error) { Input = () => new MemoryStream(Encoding.UTF8.GetBytes("t,y\n" + Rows)) };
        Assert.Equal((0, ""), (Application.Run(["fit", "-", .. _line], terminal), error.ToString()));
        Assert.Contains("5 rows of standard input by", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("1.0120", output.ToString(), StringComparison.Ordinal);
        Assert.Equal(1, Application.Run(["fit", "-", .. _line, "--missing", "skip"], terminal with { Input = () => Stream.Null }));
        Assert.Contains("'standard input' is empty", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("t;y\n0;1,02\n1;2,98\n2;5,05\n3;6,96\n", "--decimal|,|--model|y=a+b*t")]
    [InlineData("Time (s),y\n" + Rows, "--model|y=a+b*\"Time (s)\"")]
    [InlineData("Time (s),y\n" + Rows, "--model|y=a+b*t|--column|t=Time (s)")]
    [InlineData("\"#1; the \"\"time\"\", s\",y\n" + Rows, "--model|y=a+b*`#1; the \"time\", s`")]
    [InlineData(Rows, "--model|c2=a+b*c1|--no-header")]
    [InlineData("0 1.02\n1 2.98\n2 5.05\n3 6.96\n", "--model|y=a+b*t|--names|t,y")]
    [InlineData("t|y\n0|1.02\n1|2.98\n2|5.05\n", "--model|y=a+b*t|--separator|PIPE")]
    public void What_predict_writes_is_read_again(string text, string arguments)
    {
        string data = Text("data.csv", text), first = File("first.csv"), second = File("second.csv");
        string[] line =
            ["fit", data, .. arguments.Split('|').Select(argument => argument == "PIPE" ? "|" : argument), "--start", "a=0,b=1", "--json"];
        Assert.Equal(0, Cli.Run([.. line, "--predict", data, "--out", first]).Code);
        Assert.Equal((0, ""), (Cli.Run([.. line, "--predict", first, "--out", second]).Code, ""));
        Assert.Equal(System.IO.File.ReadAllText(first), System.IO.File.ReadAllText(second));
    }

    [Fact]
    public void Predictions_leave_rows_out_too()
    {
        string path = Text("a.csv", "t,y\n" + Rows), rows = Text("rows.csv", "t\n5\nNA\n6\n"), file = File("out.csv");
        string[] line = ["fit", path, .. _line, "--predict", rows];
        Assert.Contains("line 3: the value of column 't' is missing", Cli.Fail(1, line), StringComparison.Ordinal);
        JsonElement fit = Cli.Json([.. line, "--missing", "skip", "--out", file]);
        Assert.Equal((2, 1), (fit.GetProperty("predictions").GetArrayLength(), fit.GetProperty("predictions_left_out").GetInt32()));
        Assert.Equal([5, 6], CsvFile.Read(file)["t"].ToArray());
        Assert.Contains("1 row is left out, as a value of", Cli.Run([.. line, "--missing", "skip"]).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_decided_is_reported()
    {
        string output = Cli.Run(["fit", Text("a.csv", "# t,y\n# s,V\n\n#t,y\ns,mV\n" + Rows), .. _line]).Output;
        Assert.Contains(
            "line 5 is taken for units and left out", Cli.Run(
                ["fit", Text("b.csv", "# X\n\n\nt,y\ns,mV\n" + Rows), .. _line]).Output, StringComparison.Ordinal);
        Assert.DoesNotContain("taken for", Cli.Run(["fit", Text("c.csv", "t,y\n" + Rows), .. _line]).Output, StringComparison.Ordinal);
        Assert.DoesNotContain("1.0120", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--decimal ;", "--decimal is ';'; it must be one of ., ,")]
    [InlineData("--separator ab", "--separator is 'ab'; it must be tab, blank, or a character that belongs to no number")]
    [InlineData("--separator 1", "--separator is '1'")]
    [InlineData("--skip -1", "--skip is '-1'; it must be a whole number from 0 to 100000000")]
    [InlineData("--names a,a", "--names names a twice")]
    [InlineData("--names ,", "--names has no name in it")]
    [InlineData("--names t,y --no-header", "--names says already that there is no header")]
    [InlineData("--missing drop", "--missing is 'drop'; it must be one of refuse, skip")]
    [InlineData("--encoding ascii", "--encoding is 'ascii'; it must be one of utf-8, latin-1, windows-1252, utf-16")]
    [InlineData("--column x", "--column is 'x'; it must be SHORT=COLUMN")]
    [InlineData("--column x=Time", "--column: 'd.csv' has no column 'Time'; its columns are t, y")]
    [InlineData("--column y=t", "--column: 'd.csv' has a column 'y' already")]
    public void Wrong_options_say_what_they_accept(string options, string message)
    {
        string path = Text("d.csv", "t,y\n" + Rows);
        Assert.Contains(
            message, Cli.Fail(2, ["fit", path, .. _line, .. options.Split(' ')]).Replace(
                path, "d.csv", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void Standard_input_cannot_be_both_tables() => Assert.Contains(
        "FILE.csv and --predict are both '-'", Cli.Fail(2, ["fit", "-", .. _line, "--predict", "-"]), StringComparison.Ordinal);

    /// <summary>Estimates to three decimals, and standard errors to some.</summary>
    private static (double, double)[] Parameters(JsonElement fit, int decimals) => [.. fit.GetProperty("parameters").EnumerateArray()
        .Select(parameter => (
            Math.Round(parameter.GetProperty("estimate").GetDouble(), 3), Math.Round(
                parameter.GetProperty("standard_error").GetDouble(), decimals)))];

    private static (int, int) LeftOut(JsonElement fit)
    {
        JsonElement rows = fit.GetProperty("rows_left_out");
        return (rows.GetProperty("missing").GetInt32(), rows.GetProperty("infinite_sigma").GetInt32());
    }
}
