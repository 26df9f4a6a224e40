using Retrodict.Autodiff.Primitives;
using Retrodict.Autodiff.Tests.Laws;

namespace Retrodict.Autodiff.Tests.Conventions;

/// <summary>
/// Products of derivative rules against an oracle made of plain ones: f(x, y), bilinear, is that of the finite parts, unless a factor that
/// is not finite meets one that is not 0, which f counts on zeros and ones.
/// </summary>
public class StrongProductTests
{
    public static TheoryData<string> Cases => [.. PrimitiveCases.All.Where(c => Products(c).Any()).Select(c => c.Name)];

    public static TheoryData<string, int, int, int, int> Sizes
    {
        get
        {
            var sizes = new TheoryData<string, int, int, int, int>();
            foreach (string expression in new[] { "bij,bjk->bik", "bji,bjk->bik", "bij,bkj->bki", "ibj,jbk->ibk" })
            {
                foreach ((int b, int i, int j, int k) in new[]
                {
                    (1, 1, 1, 1), (1, 3, 4, 5), (1, 1, 200, 1), (1, 600, 1, 700), (1, 64, 64, 64), (1, 700, 900, 1), (1, 1, 900, 700),
                    (1, 300, 200, 250), (400, 4, 4, 4), (3, 70, 60, 80), (50, 1, 9, 1), (7, 40, 2, 60), (2, 0, 3, 4), (2, 3, 0, 4),
                })
                {
                    sizes.Add(expression, b, i, j, k);
                }
            }

            return sizes;
        }
    }

    public static TheoryData<Shape, Shape, int> Convolutions => new()
    {
        { [3, 200, 180], [8, 3, 3, 3], 1 },
        { [2, 4000], [5, 2, 31], 3 },
        { [4, 12, 10, 14], [4, 4, 3, 3, 3], 2 },
        { [3, 40, 40], [6, 3, 5, 5], 16 },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Products_of_every_case_have_strong_zeros(string name)
    {
        PrimitiveCase c = PrimitiveCases.Named(name);
        Random random = c.Random("strong products");
        foreach (Function product in Products(c))
        {
            Check(product, random, ThreadTeam.SingleThread);
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Matrix_products_of_all_sizes_have_strong_zeros(string expression, int b, int i, int j, int k)
    {
        int Length(char letter) => letter switch { 'b' => b, 'i' => i, 'j' => j, _ => k };
        string[] operands = expression.Split("->")[0].Split(',');
        (Indices left, Indices right) = (Of(operands[0]), Of(operands[1]));
        var contract = Contract.Numbered(left, right, Of(expression.Split("->")[1]), hasStrongZeros: true);
        Function product = Function.Trace(
            [("x", Shape.Of([.. operands[0].Select(Length)])), ("y", Shape.Of([.. operands[1].Select(Length)]))],
            v => [("z", Value.Emit(contract, v[0], v[1]))]);
        using var team = new ThreadTeam(2);
        Check(product, new Random(b + i + j + k), team);

        static Indices Of(string letters) => Indices.Generate(letters.Length, n => letters[n]);
    }

    [Theory]
    [MemberData(nameof(Convolutions))]
    public void Large_convolutions_and_their_transposes_have_strong_zeros(Shape input, Shape kernel, int samples)
    {
        Function gradient = Function.Trace(
            [("x", input.Prepend(samples)), ("k", kernel)],
            v => [("y", Value.Square(Function.Trace([("x", input), ("k", kernel)], w => [("y", Value.Convolve(
                w[0], w[1], new ConvolutionOptions { Padding = Padding.Same }))]).Batch(samples, "x").Apply(v[0], v[1])[0]).Sum())])
            .Gradient().Simplify();
        Function[] products = [.. Products(gradient)];
        Assert.Equal(2, products.Length);
        using var team = new ThreadTeam(2);
        foreach (Function product in products)
        {
            Check(product, new Random(samples), team, few: true);
        }
    }

    [Fact]
    public void Runs_that_mend_products_allocate_nothing()
    {
        Function product = Products(Function.Trace(
            [("x", [200, 300]), ("y", [300, 100])], v => [("z", Value.MatMul(v[0], v[1]).Sum())]).Gradient()).First();
        using Workspace<double> workspace = product.Compile<double>(Numbers.AsWritten).Rent();
        workspace.Input(0).Fill(double.PositiveInfinity);
        workspace.Run();
        long before = GC.GetAllocatedBytesForCurrentThread();
        workspace.Run();
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    /// <summary>The products with strong zeros in a case's gradients, each alone.</summary>
    private static IEnumerable<Function> Products(PrimitiveCase c) =>
        c.Inputs.Length == 0 ? [] : Products(c.Trace().Vjp()).Concat(Products(c.Trace().Vjp().Simplify()));

    private static IEnumerable<Function> Products(Function derivative) =>
        derivative.Nodes
            .Where(node => node.Primitive is Contract { HasStrongZeros: true } or Convolve { HasStrongZeros: true }
                or BandedProduct { HasStrongZeros: true } or BandedOuter { HasStrongZeros: true })
            .Select(node => Function.Trace(
                [("x", derivative.Shapes[node.Operands[0]]), ("y", derivative.Shapes[node.Operands[1]])],
                v => [("z", Value.Emit(node.Primitive, v[0], v[1]))]));

    private static void Check(Function product, Random random, ThreadTeam team, bool few = false)
    {
        foreach ((double zeros, double wild) in new[] { (0.5, 0.2), (0.3, few ? 1e-4 : 0.02), (0.9, 0.5), (1.0, 0.0), (0.2, 0.0) })
        {
            double[] x = Numbers(product.Inputs[0].Shape.ElementCount, zeros, wild / 4);
            double[] y = Numbers(product.Inputs[1].Shape.ElementCount, 0.1, wild);
            Agree(product, x, y, team);
            Agree(product, Numbers(x.Length, 0.1, wild), Numbers(y.Length, zeros, 0), team);
        }

        double[] Numbers(int count, double zeros, double wild) => Domain.Generate(count, () =>
        {
            double choice = random.NextDouble();
            return choice < zeros ? (random.Next(2) == 0 ? 0.0 : -0.0)
                : choice > 1 - wild ? random.Next(3) switch { 0 => double.NaN, 1 => double.NegativeInfinity, _ => double.PositiveInfinity }
                : random.Next(-3, 4);
        });
    }

    private static void Agree(Function product, double[] x, double[] y, ThreadTeam team)
    {
        Function plain = Function.Trace(
            [("x", product.Inputs[0].Shape), ("y", product.Inputs[1].Shape)],
            v => [("z", Value.Emit(Plain(product.Nodes[0].Primitive), v[0], v[1]))]);
        Plan<double> exact = plain.Compile<double>(Laws.Numbers.AsWritten);
        double[] finite = exact.Evaluate(Finite(x), Finite(y))[0];
        double[] met = [.. exact.Evaluate(Wild(x), NotZero(y))[0].Zip(exact.Evaluate(NotZero(x), Wild(y))[0], (p, q) => p + q)];
        double[] alone = product.Compile<double>(Laws.Numbers.AsWritten).Evaluate(x, y)[0];
        double[] shared = product.Compile<double>(Laws.Numbers.AsWritten with { Team = team }).Evaluate(x, y)[0];
        float[] narrow = product.Compile<float>(Laws.Numbers.AsWritten with { Team = team }).Evaluate(
            [.. x.Select(e => (float)e)], [.. y.Select(e => (float)e)])[0];
        for (int i = 0; i < finite.Length; i++)
        {
            Assert.Equal(BitConverter.DoubleToInt64Bits(alone[i]), BitConverter.DoubleToInt64Bits(shared[i]));
            Assert.Equal(met[i] == 0, double.IsFinite(alone[i]));
            Assert.Equal(met[i] == 0, float.IsFinite(narrow[i]));
            if (met[i] == 0)
            {
                // Whole numbers, whose sums are exact.
                Assert.Equal(finite[i], alone[i]);
                Assert.Equal(finite[i], narrow[i]);
            }
        }

        static double[] Finite(double[] x) => [.. x.Select(e => double.IsFinite(e) ? e : 0)];
        static double[] Wild(double[] x) => [.. x.Select(e => double.IsFinite(e) ? 0.0 : 1)];
        static double[] NotZero(double[] x) => [.. x.Select(e => e == 0 ? 0.0 : 1)];
    }

    private static Primitive Plain(Primitive product) => product switch
    {
        Contract contract => contract with { HasStrongZeros = false },
        Convolve convolution => convolution with { HasStrongZeros = false },
        BandedProduct banded => banded with { HasStrongZeros = false },
        BandedOuter outer => outer with { HasStrongZeros = false },
        _ => throw new ArgumentException($"{product} is no product.", nameof(product)),
    };
}
