namespace Retrodict.Solvers;

/// <summary>The evaluations of one solve at a time, counted. Rows are those of <see cref="Objective"/>.</summary>
internal interface IObjectiveRun
{
    /// <summary>What has been evaluated since <see cref="Begin"/>.</summary>
    EvaluationCounts Counts { get; set; }

    /// <summary>Starts a solve for a measurement.</summary>
    void Begin(ReadOnlySpan<double> observation);

    /// <summary>The residuals at x; returns the objective (NaN or infinity if one is not finite).</summary>
    double Evaluate(ReadOnlySpan<double> x, Span<double> residual);

    /// <summary>The residuals at x and the gradient J^T r of their half sum of squares in one go; returns the objective (NaN or infinity if
    /// a residual is not finite). Counts as an evaluation and a reverse product.</summary>
    double EvaluateWithGradient(ReadOnlySpan<double> x, Span<double> residual, Span<double> gradient);

    /// <summary>The residuals' Jacobian at x, [rows, unknowns] row-major.</summary>
    void Jacobian(ReadOnlySpan<double> x, Span<double> jacobian);

    /// <summary>J v, [rows].</summary>
    void Jvp(ReadOnlySpan<double> x, ReadOnlySpan<double> tangent, Span<double> product);

    /// <summary>J^T u, [unknowns].</summary>
    void Vjp(ReadOnlySpan<double> x, ReadOnlySpan<double> cotangent, Span<double> product);

    /// <summary>The second derivative of the residuals along v, r''(x)[v, v], [rows].</summary>
    void SecondDerivative(ReadOnlySpan<double> x, ReadOnlySpan<double> direction, Span<double> product);

    /// <summary>The matrix of the sum of u_i times the Hessian of residual i, [unknowns, unknowns] row-major.</summary>
    void Curvature(ReadOnlySpan<double> x, ReadOnlySpan<double> weights, Span<double> matrix);

    /// <summary>The product of that matrix with v, [unknowns].</summary>
    void CurvatureProduct(ReadOnlySpan<double> x, ReadOnlySpan<double> weights, ReadOnlySpan<double> direction, Span<double> product);
}
