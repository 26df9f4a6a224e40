namespace Retrodict.Tests.Solvers;

/// <content>Misuse throws and names the argument.</content>
public abstract partial class SolverContract
{
    [Theory]
    [InlineData(8, 2, 2, "observation")]
    [InlineData(10, 2, 2, "observation")]
    [InlineData(0, 2, 2, "observation")]
    [InlineData(9, 1, 2, "start")]
    [InlineData(9, 3, 2, "start")]
    [InlineData(9, 2, 1, "solution")]
    [InlineData(9, 2, 3, "solution")]
    public void Wrong_lengths_are_refused_by_name(int observations, int unknowns, int room, string parameter)
    {
        Session session = Solver.Prepare(Case("exponential fit").Problem);
        ArgumentException e = Assert.Throws<ArgumentException>(
            () => session.Solve(new double[observations], new double[unknowns], new double[room]));
        Assert.Equal(parameter, e.ParamName);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void Entries_that_are_not_finite_are_refused_by_name_and_position(double wrong)
    {
        ContractCase c = Case("exponential fit");
        double[] observation = [.. c.Observation];
        observation[4] = wrong;
        ArgumentException e = Assert.Throws<ArgumentException>(() => (c with { Observation = observation }).SolveWith(Solver));
        Assert.Equal("observation", e.ParamName);
        Assert.Contains("position 4", e.Message, StringComparison.Ordinal);
        e = Assert.Throws<ArgumentException>(() => (c with { Start = [1, wrong] }).SolveWith(Solver));
        Assert.Equal("start", e.ParamName);
        Assert.Contains("position 1", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_problem_is_refused() => Assert.Throws<ArgumentNullException>(() => Solver.Prepare(null!));

    [Fact]
    public void A_precision_that_does_not_exist_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => (Solver with { Precision = (Precision)7 }).Prepare(Case("linear").Problem));

    [Fact]
    public void The_name_fits_a_command_line() => Assert.Matches("^[a-z][a-z0-9-]*$", Solver.Name);
}
