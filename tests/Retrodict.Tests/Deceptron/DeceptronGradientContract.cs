using Retrodict.Solvers;
using Retrodict.Tests.Problems;
using Retrodict.Tests.Solvers;

namespace Retrodict.Tests.Deceptron;

/// <summary>D-IPG from the caller's start, with a crude linear reverse map for every problem.</summary>
public sealed class DeceptronGradientContract : SolverContract
{
    protected override Solver Solver { get; } = new Crude();

    protected override bool MayIgnoreADerivative => true;

    /// <summary>A reverse map knows the units that it was trained in.</summary>
    protected override bool IsIndifferentToUnits => false;

    /// <summary>Exact steps within the rounding of the objective are taken on trust, from wherever learned ones led.</summary>
    protected override double RoundingAtSolution => 1e-13;

    /// <summary>A reverse map needs every component, so masked cases run with all of them.</summary>
    private protected override ContractCase Case(string name)
    {
        ContractCase c = base.Case(name);
        if (c.Problem.Observed is null)
        {
            return c;
        }

        double[] model = c.Problem.Forward.Compile<double>().Evaluate(c.Start)[0];
        return c with { Problem = c.Problem with { Observed = null },
            Observation = [.. c.Observation.Select((y, i) => double.IsNaN(y) ? model[i] + (0.5 * c.Problem.Noise[i]) : y)] };
    }

    /// <summary>Makes the map of the problem that is solved.</summary>
    private sealed record Crude : Solver
    {
        /// <summary>The general rule, as for <see cref="LevenbergMarquardtContract"/>.</summary>
        public Crude() => Stopping = new StoppingRule();

        public override string Name => "d-ipg";

        protected override SolverParts Assemble(Objective model) =>
            new DeceptronGradient { ReverseMap = CrudeMaps.Linear(model.Problem), StartAtEstimate = false, SecondStart = false,
                Stopping = Stopping, Team = Team }.MakeParts(model);
    }
}
