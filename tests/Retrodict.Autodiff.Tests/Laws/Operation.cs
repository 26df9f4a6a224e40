using Retrodict.Autodiff.Primitives;

namespace Retrodict.Autodiff.Tests.Laws;

/// <summary>An elementwise operation and what it is held against, wherever operations are tested one after the other.</summary>
/// <param name="Primitive">The primitive whose row it is.</param>
/// <param name="Name">Unique; the test's argument.</param>
/// <param name="Apply">The traced function of its operands.</param>
/// <param name="Reference">The same for single numbers, right to a few units in the last place.</param>
/// <param name="Domains">Where each operand is sampled.</param>
internal sealed record Operation(
    Type Primitive, string Name, Func<Value[], Value> Apply, Func<double[], double> Reference, Domain[] Domains)
{
    private readonly Lazy<double> _bound = new(() => LargestResult(Reference, Domains));

    public Operation(Type primitive, string name, Func<Value, Value> apply, Func<double, double> reference, Domain domain)
        : this(primitive, name, x => apply(x[0]), x => reference(x[0]), [domain])
    {
    }

    public Operation(
        Type primitive, string name, Func<Value, Value, Value> apply, Func<double, double, double> reference, Domain left, Domain right)
        : this(primitive, name, x => apply(x[0], x[1]), x => reference(x[0], x[1]), [left, right])
    {
    }

    /// <summary>How far results may be from the exact ones; null if they are the reference, rounded.</summary>
    public ErrorBound? Error { get; init; }

    /// <summary>False where the derivative is declared to be another than the function's.</summary>
    public bool HasTrueDerivatives { get; init; } = true;

    public int Arity => Domains.Length;

    /// <summary>No result is larger, for operands around the domains' centers.</summary>
    public double Bound => _bound.Value;

    /// <summary>The primitive as the operation uses it.</summary>
    public Elementwise Instance => Trace([.. Domains.Select(_ => Shape.Scalar)]).Nodes
        .Select(node => node.Primitive).OfType<Elementwise>().First(primitive => primitive.GetType() == Primitive);

    /// <summary>Whether the operation is its primitive and nothing else.</summary>
    public bool IsPrimitive => Trace([.. Domains.Select(_ => Shape.Scalar)]).NodeCount == 1;

    /// <summary>The program of the operation alone; operands are called a, b, c.</summary>
    public Function Trace(params Shape[] shapes) => Function.Trace(
        [.. shapes.Select((shape, i) => (((char)('a' + i)).ToString(), shape))], x => [("y", Apply([.. x]))], Name.Replace(' ', '-'));

    /// <summary>Operands of one length, as single precision can hold them.</summary>
    public double[][] Sample(int length, int seed)
    {
        var random = new Random(seed);
        return [.. Domains.Select(domain => domain.Sample(random, length).Select(x => (double)(float)x).ToArray())];
    }

    public override string ToString() => Name;

    private static double LargestResult(Func<double[], double> reference, Domain[] domains)
    {
        IEnumerable<double[]> points = [[]];
        foreach (Domain domain in domains)
        {
            points = points.SelectMany(_ => domain.Grid, (point, x) => (double[])[.. point, x]);
        }

        return 1.05 * points.Max(point => Math.Abs(reference(point)));
    }
}
