using System.Globalization;
using System.Text.Json;
using Retrodict.Data;
using Retrodict.Tests.Solvers.Nist;

namespace Retrodict.Cli.Tests;

/// <summary>NIST's certified regressions on the command line, from both of their starts: what the library finds, to the last bit.</summary>
public sealed class FitNistTests : TemporaryFolder
{
    private const double FewestDigits = 4;

    public static TheoryData<string, int> Sets()
    {
        var sets = new TheoryData<string, int>();
        foreach (string name in NistDataSet.Names())
        {
            sets.Add(name, 1);
            sets.Add(name, 2);
        }

        return sets;
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void The_command_line_finds_what_the_library_finds(string name, int which)
    {
        NistDataSet set = NistDataSet.Read(name);
        string path = File($"{name}.csv");
        CsvFile.Write(path, set.Columns);
        string start = string.Join(
            ',', set.Start(which).Select(entry => string.Create(CultureInfo.InvariantCulture, $"{entry.Name}={entry.Value:R}")));
        Cli.Outcome outcome = Cli.Run("fit", path, "--model", set.Model, "--start", start, "--json");
        JsonElement json = outcome.Json();
        RegressionFit fit = new Regression(set.Model, new DataColumns(set.Columns)) { Start = set.Start(which) }.Fit();
        Assert.Equal((0, "", SolveStatus.Converged), (outcome.Code, outcome.Error, fit.Solution.Status));
        Assert.Equal(fit.Solution.Summary.Iterations, json.GetProperty("iterations").GetInt32());
        JsonElement[] parameters = [.. json.GetProperty("parameters").EnumerateArray()];
        Assert.Equal(
            fit.Parameters.Select(parameter => (parameter.Name, parameter.Estimate, parameter.StandardError)),
            parameters.Select(parameter => (
                parameter.GetProperty("name").GetString()!,
                parameter.GetProperty("estimate").GetDouble(),
                parameter.GetProperty("standard_error").GetDouble())));
        Assert.Equal(fit.ResidualSumOfSquares, json.GetProperty("residual_sum_of_squares").GetDouble());
        Assert.Equal(fit.ResidualStandardDeviation, json.GetProperty("residual_standard_deviation").GetDouble());
        Assert.Equal(set.DegreesOfFreedom, json.GetProperty("degrees_of_freedom").GetInt32());
        double digits = set.Parameters.Zip(
            fit.Parameters,
            (certified, found) => -Math.Log10(Math.Abs(found.Estimate - certified.Certified) / Math.Abs(certified.Certified))).Min();
        Assert.True(digits >= FewestDigits, string.Create(CultureInfo.InvariantCulture, $"{name} from start {which}: {digits:F1} digits"));
    }
}
