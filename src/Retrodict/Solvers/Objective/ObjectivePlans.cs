using System.Numerics;
using Retrodict.Autodiff;

namespace Retrodict.Solvers;

/// <summary>
/// A problem's residual function and its derivatives, each compiled when a method first asks for it: residual (x, y), Jacobian, products
/// with J and J^T, second derivatives.
/// </summary>
/// <typeparam name="T">The element type of evaluations.</typeparam>
internal sealed class ObjectivePlans<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Lazy<Plan<T>> _residualAndGradient;
    private readonly Lazy<Plan<T>> _jacobian;
    private readonly Lazy<Plan<T>> _jvp;
    private readonly Lazy<Plan<T>> _vjp;
    private readonly Lazy<Plan<T>> _secondDerivative;
    private readonly Lazy<Plan<T>> _curvature;
    private readonly Lazy<Plan<T>> _curvatureProduct;
    private readonly Lazy<Plan<T>> _linearized;
    private readonly Lazy<Plan<T>> _linear;
    private readonly Lazy<Plan<T>> _transposed;

    public ObjectivePlans(Function residual, ThreadTeam? team)
    {
        var options = new PlanOptions { Team = team };
        Residual = residual.Compile<T>(options);
        _residualAndGradient = Later(() => ResidualAndGradientOf(residual));
        _jacobian = Later(() => residual.Jacobian("x"));
        _jvp = Later(() => Last(residual.Jvp("x")));
        _vjp = Later(() => Last(residual.Vjp("x")));
        _secondDerivative = Later(() => Twice(Last(residual.Jvp("x"))));
        _curvature = Later(() => Last(residual.Vjp("x")).Jacobian("x"));
        _curvatureProduct = Later(() => Last(Last(residual.Vjp("x")).Jvp("x")));
        var linearization = new Lazy<Linearization>(() => residual.Linearize("x"));
        _linearized = Later(() => linearization.Value.Primal);
        _linear = Later(() => linearization.Value.Linear);
        _transposed = Later(() => linearization.Value.Linear.Transpose("x.tangent"));

        Lazy<Plan<T>> Later(Func<Function> function) => new(() => function().Compile<T>(options));
    }

    /// <summary>(x, y) to residual.</summary>
    public Plan<T> Residual { get; }

    /// <summary>(x, y) to residual and J^T residual, which share all intermediate values.</summary>
    public Plan<T> ResidualAndGradient => _residualAndGradient.Value;

    /// <summary>(x, y) to J.</summary>
    public Plan<T> Jacobian => _jacobian.Value;

    /// <summary>(x, y, v) to J v.</summary>
    public Plan<T> Jvp => _jvp.Value;

    /// <summary>(x, y, u) to J^T u.</summary>
    public Plan<T> Vjp => _vjp.Value;

    /// <summary>(x, y, v) to r''[v, v].</summary>
    public Plan<T> SecondDerivative => _secondDerivative.Value;

    /// <summary>(x, y, u) to the sum of u_i times the Hessian of residual i.</summary>
    public Plan<T> Curvature => _curvature.Value;

    /// <summary>(x, y, u, v) to the product of that with v.</summary>
    public Plan<T> CurvatureProduct => _curvatureProduct.Value;

    /// <summary>(x, y) to residual, followed by what the linear part at x needs: see <see cref="Linearization"/>.</summary>
    public Plan<T> Linearized => _linearized.Value;

    /// <summary>What the linear part needs, and v, to J v.</summary>
    public Plan<T> Linear => _linear.Value;

    /// <summary>What the linear part needs, and u, to J^T u.</summary>
    public Plan<T> Transposed => _transposed.Value;

    /// <summary>(x, y) to residual and J^T residual.</summary>
    public static Function ResidualAndGradientOf(Function residual)
    {
        Function vjp = residual.Vjp("x");
        return Function.Trace(
            [.. residual.Inputs.Select(input => (input.Name, input.Shape))],
            inputs =>
            {
                Value r = residual.Apply(inputs[0], inputs[1])[0];
                return [("residual", r), ("gradient", vjp.Apply(inputs[0], inputs[1], r)[^1])];
            },
            "residual and gradient");
    }

    /// <summary>The last of a function's outputs alone: derivatives without the values before them.</summary>
    private static Function Last(Function function) => Function.Trace(
        [.. function.Inputs.Select(input => (input.Name, input.Shape))],
        inputs => [(function.Outputs[^1].Name, function.Apply([.. Enumerable.Range(0, function.Inputs.Count).Select(i => inputs[i])])[^1])],
        function.Name);

    /// <summary>Forward over forward, both along the same direction.</summary>
    private static Function Twice(Function jvp)
    {
        Function second = Last(jvp.Jvp("x"));
        return Function.Trace(
            [.. jvp.Inputs.Select(input => (input.Name, input.Shape))],
            inputs => [("second", second.Apply(inputs[0], inputs[1], inputs[2], inputs[2])[0])],
            "second derivative");
    }
}
