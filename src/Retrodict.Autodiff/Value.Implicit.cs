using Retrodict.Autodiff.Primitives;
using Retrodict.Autodiff.Transforms;

namespace Retrodict.Autodiff;

/// <content>Values given by equations.</content>
public sealed partial class Value
{
    /// <summary>
    /// The x with residual(x) = 0, found by Newton's method when the program runs. Its derivatives, of any order, come from the implicit
    /// function theorem, not from the iteration. The residual may use values of the enclosing function; x depends on those, not on the
    /// guess.
    /// </summary>
    /// <param name="guess">Where Newton's method starts; also gives x its shape.</param>
    /// <param name="residual">From x to as many numbers as x has.</param>
    /// <param name="options">Tolerance, limit and linear solver.</param>
    /// <returns>x, NaN where the method did not converge, and a flag: 1 where it did, else 0.</returns>
    /// <exception cref="ShapeException">The residual has another number of elements than x.</exception>
    public static (Value Root, Value Converged) Implicit(Value guess, Func<Value, Value> residual, RootOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(guess);
        ArgumentNullException.ThrowIfNull(residual);
        (Function function, Value[] captured) = TraceWithCaptures("residual", guess.Shape, x =>
        {
            Value r = residual(x);
            return r.Shape.ElementCount == guess.Shape.ElementCount
                ? r.Reshape(guess.Shape)
                : throw new ShapeException(
                    $"implicit: the residual of an unknown {guess.Shape} must have as many elements, but its shape is {r.Shape}.");
        });
        Value[] results = EmitAll(new Root(function, options ?? new RootOptions(), Instances.One, []), [.. captured, guess]);
        return (results[0], results[1]);
    }

    /// <summary>The x with residual(x) = 0; NaN where Newton's method does not converge. See <see cref="Implicit"/>.</summary>
    /// <param name="guess">Where Newton's method starts.</param>
    /// <param name="residual">From x to as many numbers as x has.</param>
    /// <param name="options">Tolerance, limit and linear solver.</param>
    public static Value Root(Value guess, Func<Value, Value> residual, RootOptions? options = null) =>
        Implicit(guess, residual, options).Root;

    /// <summary>
    /// The x with map(x) = x, by Newton's method on x - map(x); NaN where it does not converge. See <see cref="Implicit"/>.
    /// </summary>
    /// <param name="guess">Where Newton's method starts.</param>
    /// <param name="map">From x to a tensor of its shape.</param>
    /// <param name="options">Tolerance, limit and linear solver.</param>
    public static Value FixedPoint(Value guess, Func<Value, Value> map, RootOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(map);
        return Root(guess, x => x - map(x), options);
    }

    /// <summary>
    /// Solves A v = right for a linear map given as a function, without a matrix, by GMRES. The map may use values of the enclosing
    /// function, and derivatives flow through them and through the right side.
    /// </summary>
    /// <param name="linear">The map v to A v, linear in v and square.</param>
    /// <param name="right">The right side.</param>
    /// <param name="options">Tolerance and limits.</param>
    /// <returns>v, of the right side's shape; NaN if GMRES did not converge.</returns>
    public static Value SolveOperator(Func<Value, Value> linear, Value right, KrylovOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(linear);
        ArgumentNullException.ThrowIfNull(right);
        (Function function, Value[] captured) = TraceWithCaptures("operator", right.Shape, linear);
        return Emit(new OperatorSolve(function, options ?? new KrylovOptions(), Instances.One, []), [.. captured, right]);
    }

    /// <summary>Traces a function of one value that may use values of the enclosing one; these become its first inputs.</summary>
    private static (Function Function, Value[] Captured) TraceWithCaptures(string name, Shape shape, Func<Value, Value> body)
    {
        Tracer tracer = Tracer.ForBody();
        Value x = tracer.AddInput("x", shape);
        Function function = tracer.Run(() => tracer.Finish(name, [("y", body(x))]));
        int[] order = [.. Enumerable.Range(1, function.Inputs.Count - 1), 0];
        return (Simplification.Simplify(function.Restricted(order, [0])), [.. tracer.Captured]);
    }
}
