namespace Retrodict.Solvers;

/// <summary>
/// Looks at J's columns where a direction that never sees them says that nothing is left to gain. Its model may have learned nothing of an
/// unknown whose unit, or whose effect, differs much from those of the others; then the claim does not hold, and the direction may begin
/// anew with other scales. Costs some products with J.
/// </summary>
internal sealed class Confirmation
{
    /// <summary>Up to so many unknowns columns are looked at one by one.</summary>
    private const int Few = 16;

    /// <summary>How far the cosine of a single unknown may lie above the square root of what tolerances leave of the objective.</summary>
    private const double Slack = 10;

    /// <summary>After so many claims that did not hold, one iteration more passes before the next is looked at.</summary>
    private const int Patience = 4;

    /// <summary>An unknown whose own minimum is as near as this, relatively, is there.</summary>
    private const double Near = 1e-8;

    private readonly Objective _objective;
    private readonly Direction _direction;
    private readonly Lazy<JacobianProducts> _products;
    private readonly double _gradient;
    private readonly double _decrease;
    private int _failures;
    private int _next;

    public Confirmation(Objective objective, Direction direction, StoppingRule rule)
    {
        (_objective, _direction) = (objective, direction);
        _products = new(() => new JacobianProducts(objective, Few));
        _gradient = rule.GradientTolerance ?? 0;
        _decrease = Slack * Math.Max(Slack * _gradient, Math.Sqrt(Math.Max(rule.CostTolerance ?? 0, rule.StepTolerance ?? 0)));
    }

    /// <summary>Whether the direction begins anew at this point.</summary>
    public bool IsRenewed { get; private set; }

    public void Begin() => (_failures, _next, IsRenewed) = (0, 0, false);

    public void BeginStep() => IsRenewed = false;

    /// <summary>Whether the claim holds that nothing is left to gain. Not asked again soon after it did not.</summary>
    /// <param name="state">The descent.</param>
    /// <param name="criterion">What makes it.</param>
    /// <param name="isLast">Whether the solve ends otherwise, so that anything is worth trying.</param>
    public bool Holds(DescentState state, StoppingCriterion criterion, bool isLast)
    {
        Point point = state.Point;
        if (!state.Proposal.Columns.IsEmpty || point.Cost == 0)
        {
            return true;
        }

        if (!isLast && point.Iterations < _next)
        {
            return false;
        }

        if (_products.Value.Linearize(point) && IsStationary(point, criterion == StoppingCriterion.Gradient ? _gradient : _decrease))
        {
            return true;
        }

        _next = point.Iterations + 1 + (_failures++ / Patience);
        IsRenewed |= _direction.TryRenew(point, isLast);
        return false;
    }

    /// <summary>Whether any unknown that may move has an effect on any residual.</summary>
    public bool HasEffect(DescentState state)
    {
        ReadOnlySpan<double> columns = state.Proposal.Columns;
        if (columns.IsEmpty || _objective.Problem.Loss is not null)
        {
            // A loss may give every residual the weight zero, which is another matter.
            columns = _products.Value.Probe(state.Point);
        }

        Box bounds = _objective.Problem.Bounds;
        bool mayMove = false;
        bool hasEffect = false;
        for (int i = 0; i < columns.Length; i++)
        {
            bool isFree = bounds.Lower(i) < bounds.Upper(i);
            mayMove |= isFree;
            hasEffect |= isFree && columns[i] != 0;
        }

        return hasEffect || !mayMove;
    }

    private bool IsStationary(Point point, double cosine)
    {
        Box bounds = _objective.Problem.Bounds;
        double residualLength = Math.Sqrt(2 * point.Cost);

        // What rounding hides of the objective cannot be asked for.
        cosine = Math.Max(cosine, Slack * Math.Sqrt(point.CostRounding / point.Cost));
        bool stationary = true;
        for (int i = 0; i < point.X.Length; i++)
        {
            double g = point.Gradient[i];
            double column = Math.Sqrt(_products.Value.Diagonal[i]);
            stationary &= Math.Abs(g) <= Math.Max(cosine * residualLength, Near * column * Math.Abs(point.X[i])) * column
                || ActiveSet.Blocked(bounds, i, point.X[i], g);
        }

        return stationary;
    }
}
