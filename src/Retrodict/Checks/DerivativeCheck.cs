using Retrodict.Checks;

namespace Retrodict;

/// <summary>
/// Whether the derivatives of a forward model and of a prior's rows are right, measured at random points of its box: forward mode against
/// central differences, reverse mode against forward mode, single precision against double, and whether everything is finite. Run it on a
/// model of your own before blaming a solver.
/// </summary>
/// <remarks>
/// Points are uniform between finite bounds, and normal with the moments of a Gaussian prior (standard normal without one) for other
/// unknowns. Directions are uniform in a box as wide as the bounds or the standard deviation. Of five step lengths from 1e-2 to 1e-6 of the
/// direction the one that fits best counts, so neither the scale of x nor a kink nearby spoils the comparison.
/// </remarks>
public sealed record DerivativeCheck
{
    private DerivativeCheck(IReadOnlyList<CheckedProperty> properties) => Properties = properties;

    /// <summary>What was measured.</summary>
    public IReadOnlyList<CheckedProperty> Properties { get; }

    /// <summary>Whether every error is within its limit.</summary>
    public bool Passed => Properties.All(property => property.Passed);

    /// <summary>Checks a problem's forward model, and the rows of its prior if it has one.</summary>
    /// <param name="problem">The problem; its bounds and prior say where to look.</param>
    /// <param name="options">How; the defaults when null.</param>
    /// <param name="cancellation">Ends the work early.</param>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public static DerivativeCheck Run(
        InverseProblem problem, DerivativeCheckOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(problem);
        options ??= new DerivativeCheckOptions();
        var probe = new DerivativeProbe(problem, problem.Forward, options.Seed);
        double differences = 0, adjoint = 0, values = 0, products = 0;
        for (int point = 0; point < options.Points; point++)
        {
            cancellation.ThrowIfCancellationRequested();
            probe.MoveTo(point);
            differences = Math.Max(differences, probe.Differences());
            adjoint = Math.Max(adjoint, probe.Adjoint());
            values = Math.Max(values, probe.SingleValue());
            products = Math.Max(products, probe.SingleProduct());
        }

        double entries = probe.Entries(cancellation);
        CheckedProperty[] model =
        [
            new("differences", "J v, central differences", differences, options.DifferencesLimit),
            new("adjoint", "<J v, w> = <v, J^T w>", adjoint, options.AdjointLimit),
            new("forward-reverse", "J by forward and by reverse mode", entries, options.AdjointLimit),
            new("float32-values", "F(x), float32 and float64", values, options.PrecisionLimit),
            new("float32-derivatives", "J v, float32 and float64", products, options.PrecisionLimit),
            new("finite", "points with values not finite", probe.NonFinite(10 * options.Points, cancellation), 0),
        ];
        return new DerivativeCheck([.. model, .. Prior(problem, options, cancellation)]);
    }

    /// <summary>The same of the prior's rows r, which are always evaluated in double precision.</summary>
    private static IEnumerable<CheckedProperty> Prior(
        InverseProblem problem, DerivativeCheckOptions options, CancellationToken cancellation)
    {
        if (problem.PriorResidual is not { } rows)
        {
            return [];
        }

        var probe = new DerivativeProbe(problem, rows, options.Seed);
        double differences = 0, adjoint = 0;
        for (int point = 0; point < options.Points; point++)
        {
            cancellation.ThrowIfCancellationRequested();
            probe.MoveTo(point);
            differences = Math.Max(differences, probe.Differences());
            adjoint = Math.Max(adjoint, probe.Adjoint());
        }

        return
        [
            new("prior-differences", "prior rows: J v, central differences", differences, options.DifferencesLimit),
            new("prior-adjoint", "prior rows: <J v, w> = <v, J^T w>", adjoint, options.AdjointLimit),
        ];
    }

    /// <summary>A line a property.</summary>
    public override string ToString() => string.Join(
        Environment.NewLine,
        Properties.Select(p => string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"{(p.Passed ? "ok  " : "FAIL")} {p.Name}: {p.Error:G3} (limit {p.Limit:G3})")));
}
