namespace Retrodict.Autodiff.Tests.Tracing;

/// <summary>Indexing, reshaping and the notation of products, by shape and by value.</summary>
public class StructureTests
{
    private static readonly double[] _counting = [.. Enumerable.Range(0, 24).Select(i => (double)i)];

    [Fact]
    public void An_index_takes_one_element_of_the_first_axis()
    {
        Check([4, 6], x => x[1], [6], [.. _counting[6..12]]);
        Check([4, 6], x => x[^1], [6], [.. _counting[18..24]]);
        Check([4, 6], x => x[2][3], [], [15]);
        Check([24], x => x[^24], [], [0]);
    }

    [Fact]
    public void A_range_takes_part_of_the_first_axis()
    {
        Check([4, 6], x => x[1..3], [2, 6], [.. _counting[6..18]]);
        Check([4, 6], x => x[^1..], [1, 6], [.. _counting[18..24]]);
        Check([4, 6], x => x[..], [4, 6], _counting);
        Check([4, 6], x => x[2..2], [0, 6], []);
    }

    [Fact]
    public void A_slice_takes_every_nth_position_of_any_axis()
    {
        Check([4, 6], x => x.Slice(1, 1, 6, 2), [4, 3], [1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23]);
        Check([4, 6], x => x.Slice(-1, 5, 6, 9), [4, 1], [5, 11, 17, 23]);
        Check([4, 6], x => x.Slice(-2, 0, 4, 3), [2, 6], [.. _counting[..6], .. _counting[18..24]]);
    }

    [Fact]
    public void A_length_of_minus_one_is_worked_out()
    {
        Check([4, 6], x => x.Reshape(-1), [24], _counting);
        Check([4, 6], x => x.Reshape(2, -1, 3), [2, 4, 3], _counting);
        Check([4, 6], x => x.Reshape(-1, 24), [1, 24], _counting);
        Check([4, 6], x => x.Reshape(8, 3), [8, 3], _counting);
        Check([4, 6], x => x.Flatten(), [24], _counting);
        Check([4, 6], x => x[..1].Reshape(-1, 6)[0].Sum().Reshape(1, -1), [1, 1], [15]);
        Check([4, 0], x => x.Reshape(-1, 5), [0, 5], []);
    }

    [Fact]
    public void Permute_without_an_order_reverses_the_axes()
    {
        Check([2, 3, 4], x => x.Permute(), [4, 3, 2], Where((4, 3, 2), (i, j, k) => (k * 12) + (j * 4) + i));
        Check([2, 3, 4], x => x.Permute(1, 2, 0), [3, 4, 2], Where((3, 4, 2), (i, j, k) => (k * 12) + (i * 4) + j));
    }

    [Fact]
    public void Padding_adds_cuts_and_wraps()
    {
        Check([2, 2], x => x.Pad(1, 1, 2, 7), [2, 5], [7, 0, 1, 7, 7, 7, 2, 3, 7, 7]);
        Check([2, 3], x => x.Pad(1, -1, 1), [2, 3], [1, 2, 0, 4, 5, 0]);
        Check([4], x => x.PadCircular(0, 2, 4), [10], [2, 3, 0, 1, 2, 3, 0, 1, 2, 3]);
        Check([2, 2], x => x.PadCircular(-1, 1, 0), [2, 3], [1, 0, 1, 3, 2, 3]);
    }

    [Fact]
    public void Tensors_are_joined_stacked_reversed_gathered_and_scattered()
    {
        Check([2, 2], x => Value.Concatenate(-1, x, x[..1].Permute()), [2, 3], [0, 1, 0, 2, 3, 1]);
        Check([2], x => Value.Stack(x, -x, x), [3, 2], [0, 1, 0, -1, 0, 1]);
        Check([2, 3], x => x.Reverse(), [2, 3], [5, 4, 3, 2, 1, 0]);
        Check([2, 3], x => x.Reverse(-1), [2, 3], [2, 1, 0, 5, 4, 3]);
        Check([2, 3], x => x.Gather(1, 2, 0, 2, 2), [2, 4], [2, 0, 2, 2, 5, 3, 5, 5]);
        Check([2, 3], x => x.ScatterAdd(-1, 4, 3, 0, 3), [2, 4], [1, 0, 0, 2, 4, 0, 0, 8]);
    }

    [Fact]
    public void Reductions_take_any_axes()
    {
        Check([2, 3, 4], x => x.Sum(0, 2), [3], [60, 92, 124]);
        Check([2, 3, 4], x => x.Mean(-2), [2, 4], [4, 5, 6, 7, 16, 17, 18, 19]);
        Check([2, 3, 4], x => x.Max(0, -1), [3], [15, 19, 23]);
        Check([2, 3, 4], x => x.Min(), [], [0]);
        Check([], x => x.Sum() + x.Mean() + x.Max() + x.Min(), [], [0]);
    }

    [Fact]
    public void Operands_broadcast_by_NumPys_rules()
    {
        Check([3, 1], x => x + x.Permute(), [3, 3], [0, 1, 2, 1, 2, 3, 2, 3, 4]);
        Check([2, 1, 2], x => x * Value.Constant([1, 10, 100], [3, 1]), [2, 3, 2], [0, 1, 0, 10, 0, 100, 2, 3, 20, 30, 200, 300]);
        Check([1, 1], x => x.BroadcastTo([0, 4]), [0, 4], []);
    }

    [Theory]
    [InlineData(new[] { 2, 3 }, new[] { 3, 4 }, new[] { 2, 4 })]
    [InlineData(new[] { 3 }, new[] { 3, 4 }, new[] { 4 })]
    [InlineData(new[] { 2, 3 }, new[] { 3 }, new[] { 2 })]
    [InlineData(new[] { 3 }, new[] { 3 }, new int[0])]
    [InlineData(new[] { 5, 2, 3 }, new[] { 5, 3, 4 }, new[] { 5, 2, 4 })]
    [InlineData(new[] { 5, 2, 3 }, new[] { 3, 4 }, new[] { 5, 2, 4 })]
    [InlineData(new[] { 2, 3 }, new[] { 6, 5, 3, 4 }, new[] { 6, 5, 2, 4 })]
    [InlineData(new[] { 6, 5, 2, 3 }, new[] { 5, 3, 4 }, new[] { 6, 5, 2, 4 })]
    [InlineData(new[] { 3 }, new[] { 5, 3, 4 }, new[] { 5, 4 })]
    [InlineData(new[] { 5, 2, 3 }, new[] { 3 }, new[] { 5, 2 })]
    [InlineData(new[] { 2, 0 }, new[] { 0, 4 }, new[] { 2, 4 })]
    public void Matrix_products_follow_NumPys_shapes(int[] left, int[] right, int[] result)
    {
        Function f = Function.Trace([("a", Shape.Of(left)), ("b", Shape.Of(right))], x => [("y", Value.MatMul(x[0], x[1]))]);
        Assert.Equal(Shape.Of(result), f.Outputs[0].Shape);
        double[] a = Ramp(Shape.Of(left).ElementCount, 1);
        double[] b = Ramp(Shape.Of(right).ElementCount, 2);
        Assert.Equal(NaiveMatMul(a, left, b, right), f.Compile<double>().Evaluate(a, b)[0]);
    }

    [Theory]
    [InlineData("ij,jk->ik")]
    [InlineData("ij,jk->ki")]
    [InlineData("ij,kj->ik")]
    [InlineData("ji,jk->ik")]
    [InlineData("bij,bjk->bik")]
    [InlineData("bij,bjk->ikb")]
    [InlineData("ibj,jbk->kbi")]
    [InlineData("bij,jk->bik")]
    [InlineData("ij,kl->ljki")]
    [InlineData("ij,ij->")]
    [InlineData("ij,ij->ji")]
    [InlineData("ijk,kji->j")]
    [InlineData("abcd,bdef->acef")]
    [InlineData("abcd,dfbe->cfae")]
    [InlineData(" i , j -> i j ")]
    [InlineData("i,->i")]
    [InlineData(",->")]
    [InlineData("Aa,aB->BA")]
    public void Einsum_matches_its_definition(string expression)
    {
        string[] parts = expression.Replace(" ", "", StringComparison.Ordinal).Split(',', '-', '>').Where((_, i) => i != 2).ToArray();
        var lengths = new Dictionary<char, int>();
        foreach (char letter in parts[0] + parts[1])
        {
            lengths.TryAdd(letter, 2 + (lengths.Count % 3));
        }

        Shape left = Shape.Of(parts[0].Select(c => lengths[c]).ToArray());
        Shape right = Shape.Of(parts[1].Select(c => lengths[c]).ToArray());
        Shape result = Shape.Of(parts[2].Select(c => lengths[c]).ToArray());
        Function f = Function.Trace([("a", left), ("b", right)], x => [("y", Value.Einsum(expression, x[0], x[1]))]);
        Assert.Equal(result, f.Outputs[0].Shape);
        double[] a = Ramp(left.ElementCount, 1);
        double[] b = Ramp(right.ElementCount, 2);
        var expected = new double[result.ElementCount];
        foreach (Dictionary<char, int> at in Positions([.. lengths.Keys], lengths))
        {
            expected[Offset(parts[2], lengths, at)] += a[Offset(parts[0], lengths, at)] * b[Offset(parts[1], lengths, at)];
        }

        Assert.Equal(expected, f.Compile<double>().Evaluate(a, b)[0]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("ij")]
    [InlineData("ij,jk")]
    [InlineData("ij,jk->ik->ki")]
    [InlineData("ij,jk,kl->il")]
    [InlineData("ij->ji")]
    [InlineData("i1,1k->ik")]
    [InlineData("...i,i->...")]
    public void Einsum_refuses_other_notation(string expression)
    {
        Function.Trace(
            x =>
            {
                var e = Assert.Throws<ArgumentException>(nameof(expression), () => Value.Einsum(expression, x, x));
                Assert.StartsWith($"einsum: '{expression}' is not of the form 'ij,jk->ik'.", e.Message, StringComparison.Ordinal);
                return x;
            },
            [2, 2]);
    }

    private static void Check(Shape input, Func<Value, Value> body, Shape shape, double[] expected)
    {
        Function f = Function.Trace(body, input);
        Assert.Equal(shape, f.Outputs[0].Shape);
        Assert.Equal(expected, f.Compile<double>().Evaluate(_counting[..input.ElementCount])[0]);
        Assert.Equal(expected, f.Compile<double>(new PlanOptions { Simplify = false }).Evaluate(_counting[..input.ElementCount])[0]);
        Assert.Equal(
            expected, f.Compile<float>().Evaluate([.. _counting[..input.ElementCount].Select(x => (float)x)])[0].Select(x => (double)x));
    }

    private static double[] Where((int I, int J, int K) shape, Func<int, int, int, double> element) =>
    [
        .. from i in Enumerable.Range(0, shape.I)
           from j in Enumerable.Range(0, shape.J)
           from k in Enumerable.Range(0, shape.K)
           select element(i, j, k),
    ];

    private static double[] Ramp(int count, int seed) => [.. Enumerable.Range(0, count).Select(i => (double)(((i * 7) + seed) % 11) - 5)];

    private static double[] NaiveMatMul(double[] a, int[] left, double[] b, int[] right)
    {
        (int m, int k) = left.Length == 1 ? (1, left[0]) : (left[^2], left[^1]);
        int n = right.Length == 1 ? 1 : right[^1];
        int stacks = Math.Max(Product(left) / Math.Max(m * k, 1), Product(right) / Math.Max(k * n, 1));
        stacks = Math.Max(stacks, 1);
        var result = new double[stacks * m * n];
        for (int s = 0; s < stacks; s++)
        {
            int aAt = a.Length == 0 ? 0 : s * m * k % a.Length;
            int bAt = b.Length == 0 ? 0 : s * k * n % b.Length;
            for (int i = 0; i < m; i++)
            {
                for (int j = 0; j < n; j++)
                {
                    for (int p = 0; p < k; p++)
                    {
                        result[(((s * m) + i) * n) + j] += a[aAt + (i * k) + p] * b[bAt + (p * n) + j];
                    }
                }
            }
        }

        return result;
    }

    private static int Product(int[] lengths) => lengths.Aggregate(1, (x, y) => x * y);

    private static IEnumerable<Dictionary<char, int>> Positions(char[] letters, Dictionary<char, int> lengths)
    {
        int total = letters.Aggregate(1, (count, letter) => count * lengths[letter]);
        for (int i = 0; i < total; i++)
        {
            var at = new Dictionary<char, int>();
            int rest = i;
            foreach (char letter in letters)
            {
                at[letter] = rest % lengths[letter];
                rest /= lengths[letter];
            }

            yield return at;
        }
    }

    private static int Offset(string letters, Dictionary<char, int> lengths, Dictionary<char, int> at) =>
        letters.Aggregate(0, (offset, letter) => (offset * lengths[letter]) + at[letter]);
}
