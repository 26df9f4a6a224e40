using Retrodict.Tests.Problems;

namespace Retrodict.Tests.Solvers;

/// <content>The law of units: what a unit is multiplied with changes no bit of a solve but the exponents.</content>
public abstract partial class SolverContract
{
    public static TheoryData<string> UnitNames => [.. UnitCases.All.Keys];

    /// <summary>Whether every bit stays, as it must where each unknown is measured in a unit of its own. Otherwise no solution may be
    /// claimed where single unknowns could gain.</summary>
    protected virtual bool IsIndifferentToUnits => true;

    [Theory]
    [MemberData(nameof(UnitNames))]
    public void Units_change_nothing_but_exponents(string name)
    {
        ContractCase natural = UnitCases.All[name];
        int n = natural.Problem.Unknowns;
        SolveResult expected = UnitCases.InUnits(natural, new int[n], 0).SolveWith(Solver);
        for (int seed = 0; seed < 8; seed++)
        {
            double[] random = Dense.Random(n + 1, 900 + seed);
            int[] powers = [.. Enumerable.Range(0, n).Select(i => (int)Math.Round(66 * random[i]))];
            int data = (int)Math.Round(100 * random[n]);
            SolveResult actual = UnitCases.InUnits(natural, powers, data).SolveWith(Solver);
            double[] found = [.. actual.X.Select((x, i) => Math.ScaleB(x, -powers[i]))];
            if (IsIndifferentToUnits)
            {
                AssertSameBut(natural, data, expected, actual);
                Assert.Equal(expected.X, found);
            }
            else if (actual.Status == SolveStatus.Converged)
            {
                double cost = new ReferenceObjective(natural.Problem, natural.Observation).Cost(found);
                AssertNothingToGain(natural, actual with { X = found, Summary = actual.Summary with { Cost = cost } }, 1e-5);
            }
        }
    }

    [Theory]
    [InlineData("saturation from zero", 2.0087, 12.157)]
    [InlineData("power from zero", 0.3, 2.1)]
    public void An_amplitude_that_starts_at_zero_does_not_hide_the_other_unknown(string name, double amplitude, double other)
    {
        SolveResult result = UnitCases.All[name].SolveWith(Solver);
        Assert.Equal(SolveStatus.Converged, result.Status);
        Assert.Equal(amplitude, result.X[0], 0.02 * amplitude);
        Assert.Equal(other, result.X[1], 0.02 * other);
    }

    private static void AssertSameBut(ContractCase natural, int data, SolveResult expected, SolveResult actual)
    {
        bool hasUnit = natural.Problem.Prior is not null || natural.Problem.Loss is not null;
        int power = hasUnit ? 0 : -data;
        Assert.Equal(expected.Status, actual.Status);
        Assert.Equal(expected.Criterion, actual.Criterion);
        Assert.Equal(expected.Summary.Evaluations, actual.Summary.Evaluations);
        Assert.Equal(
            expected.History.Select(record => record with { Step = 0 }),
            actual.History.Select(record => record with
            {
                Step = 0,
                Cost = Math.ScaleB(record.Cost, 2 * power),
                CostChange = Math.ScaleB(record.CostChange, 2 * power),
                Radius = Math.ScaleB(record.Radius, power),
            }));
    }
}
