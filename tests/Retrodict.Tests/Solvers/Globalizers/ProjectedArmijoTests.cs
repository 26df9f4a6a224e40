using Retrodict.Solvers;

namespace Retrodict.Tests.Solvers;

/// <summary>
/// The line search with scripted costs. Two unknowns at 0 with cost 10, gradient (-1, -2) and direction (4, 2): the slope is -8, so that a
/// factor a needs a decrease of 8 c a.
/// </summary>
public sealed class ProjectedArmijoTests
{
    private const double NaN = double.NaN;
    private const double Infinity = double.PositiveInfinity;

    [Theory]
    [InlineData(new[] { 9.0 }, 1.0)]
    [InlineData(new[] { 11.0, 9 }, 0.5)]
    [InlineData(new[] { 11.0, 10.5, 10, 9.9 }, 0.125)]
    [InlineData(new[] { NaN, Infinity, 9 }, 0.25)]
    public void The_first_trial_that_is_low_enough_is_accepted(double[] costs, double factor)
    {
        ScriptedObjective model = Model(Box.Unbounded, costs);
        DescentState state = Start(model);
        Assert.Equal(SearchOutcome.Accepted, state.Search(new ProjectedArmijo(new ArmijoOptions())));
        Assert.Equal(Enumerable.Range(0, costs.Length).Select(k => new[] { 4 * Math.Pow(0.5, k), 2 * Math.Pow(0.5, k) }), model.Evaluated);
        Assert.Equal((factor, costs[^1]), (state.Trial.StepFactor, state.Point.Cost));
        Assert.Equal([4 * factor, 2 * factor], state.Point.X);
        Assert.All(state.Point.Residual.ToArray(), r => Assert.Equal(costs[^1], r));
    }

    /// <summary>With c = 1/4, the factors 1, 1/2, 1/4 need decreases of 2, 1 and 1/2.</summary>
    [Fact]
    public void A_decrease_that_just_suffices_is_accepted_and_one_just_below_is_not()
    {
        ScriptedObjective model = Model(Box.Unbounded, Math.BitIncrement(8), 9.25, 9.5);
        DescentState state = Start(model);
        Assert.Equal(SearchOutcome.Accepted, state.Search(new ProjectedArmijo(new ArmijoOptions { SufficientDecrease = 0.25 })));
        Assert.Equal(0.25, state.Trial.StepFactor);
        Assert.Equal(9.5, state.Point.Cost);
    }

    [Fact]
    public void The_contraction_sets_the_factors()
    {
        ScriptedObjective model = Model(Box.Unbounded, 11, 11, 9);
        DescentState state = Start(model);
        state.Search(new ProjectedArmijo(new ArmijoOptions { Contraction = 0.25 }));
        Assert.Equal(1 / 16.0, state.Trial.StepFactor);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void The_limit_is_on_the_trials_after_the_first(int backtracks)
    {
        ScriptedObjective model = Model(Box.Unbounded, [.. Enumerable.Repeat(11.0, 10)]);
        DescentState state = Start(model);
        Assert.Equal(SearchOutcome.Exhausted, state.Search(new ProjectedArmijo(new ArmijoOptions { MaxBacktracks = backtracks })));
        Assert.Equal(backtracks + 1, model.Evaluated.Count);
        Assert.Equal([0.0, 0], state.Point.X);
        Assert.Equal(10, state.Point.Cost);
    }

    [Theory]
    [InlineData(new[] { NaN, Infinity, NaN }, (int)SearchOutcome.NonFinite)]
    [InlineData(new[] { NaN, 11, NaN }, (int)SearchOutcome.Exhausted)]
    public void Without_a_finite_trial_the_search_says_so(double[] costs, int outcome)
    {
        ScriptedObjective model = Model(Box.Unbounded, costs);
        Assert.Equal((SearchOutcome)outcome, Start(model).Search(new ProjectedArmijo(new ArmijoOptions { MaxBacktracks = 2 })));
    }

    /// <summary>Free unknowns count with their direction even where the projection stops them; the needed decrease stays 8 c a.</summary>
    [Fact]
    public void Trials_are_projected_and_free_unknowns_need_the_decrease_of_the_whole_step()
    {
        ScriptedObjective model = Model(new Box([0, 0], [1, 10]), 8.5, 9);
        DescentState state = Start(model);
        state.Search(new ProjectedArmijo(new ArmijoOptions { SufficientDecrease = 0.25 }));
        Assert.Equal([[1.0, 2], [1, 1]], model.Evaluated);
        Assert.Equal(0.5, state.Trial.StepFactor);
    }

    /// <summary>Held, the first unknown needs 1 (its way to the bound) whatever the factor; the second 4 a: with c = 1/4, 1.25 and
    /// 0.75.</summary>
    [Fact]
    public void Held_unknowns_need_the_decrease_of_the_way_they_really_go()
    {
        ScriptedObjective model = Model(new Box([0, 0], [1, 10]), 8.8, 9.25);
        DescentState state = Start(model);
        state.Proposal.Active[0] = true;
        state.Search(new ProjectedArmijo(new ArmijoOptions { SufficientDecrease = 0.25 }));
        Assert.Equal([[1.0, 2], [1, 1]], model.Evaluated);
        Assert.Equal(0.5, state.Trial.StepFactor);
    }

    [Fact]
    public void Cancelled_no_further_trial_is_evaluated()
    {
        ScriptedObjective model = Model(Box.Unbounded, 9);
        SolveLimits limits = new(new StoppingRule());
        limits.Begin(new CancellationToken(canceled: true));
        Assert.Equal(SearchOutcome.Stopped, Start(model, limits).Search(new ProjectedArmijo(new ArmijoOptions())));
        Assert.Empty(model.Evaluated);
    }

    [Fact]
    public void Options_out_of_range_are_refused_by_name()
    {
        Assert.Equal(
            "SufficientDecrease", Assert.Throws<ArgumentOutOfRangeException>(() => new ArmijoOptions { SufficientDecrease = 0 }).ParamName);
        Assert.Equal(
            "SufficientDecrease", Assert.Throws<ArgumentOutOfRangeException>(
                () => new ArmijoOptions { SufficientDecrease = NaN }).ParamName);
        Assert.Equal("Contraction", Assert.Throws<ArgumentOutOfRangeException>(() => new ArmijoOptions { Contraction = 1 }).ParamName);
        Assert.Equal("MaxBacktracks", Assert.Throws<ArgumentOutOfRangeException>(() => new ArmijoOptions { MaxBacktracks = -1 }).ParamName);
    }

    private static ScriptedObjective Model(Box bounds, params double[] costs) =>
        new(new InverseProblem(x => x, 2) { Bounds = bounds }, [-1, -2], [10, .. costs]);

    private static DescentState Start(ScriptedObjective model, SolveLimits? limits = null)
    {
        DescentState state = Searching.At(model, [0, 0], [4, 2], limits);
        model.Evaluated.RemoveAt(0);
        return state;
    }
}
