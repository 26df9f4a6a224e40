using Retrodict.Numerics;
using Retrodict.Solvers;
using Retrodict.Tests.Problems;

namespace Retrodict.Tests.Solvers;

/// <summary>Remembered pairs and their products, brought up to date step by step, beside products computed anew.</summary>
public sealed class PairProductsTests
{
    /// <summary>New pairs, refused pairs, resets, sets that grow, shrink, empty and fill, and updates that are left out.</summary>
    [Theory]
    [InlineData(13, 1)]
    [InlineData(13, 4)]
    [InlineData(3, 5)]
    [InlineData(64, 10)]
    public void Products_kept_up_to_date_are_those_computed_anew(int n, int capacity)
    {
        CurvaturePairs pairs = new(n, capacity);
        PairProducts all = new(pairs);
        PairProducts some = new(pairs);
        var expected = new List<(double[] Step, double[] Change)>();
        var members = new bool[n];
        for (int round = 0; round < 400; round++)
        {
            double[] draws = Dense.Random(n + 3, round);
            double[] step = Dense.Random(n, round + 1000);
            bool curved = round % 7 != 3;
            double[] change = [.. step.Select((s, i) => (curved ? 1 : -1) * (1.5 + draws[i]) * s)];
            curved = Dense.Dot(step, change) > 0;
            Assert.Equal(curved, pairs.Add(step, change));
            if (curved)
            {
                expected.Add((step, change));
            }

            expected.RemoveRange(0, Math.Max(0, expected.Count - capacity));
            if (round % 53 == 52)
            {
                pairs.Clear();
                expected.Clear();
            }

            for (int i = 0; i < n; i++)
            {
                members[i] =
                    (round / 20 % 4) switch { 0 => members[i] ^ (draws[i] > 0.9), 1 => draws[i] > 0, 2 => members[i], _ => round % 3 == 0 };
            }

            Assert.Equal(expected.Count, pairs.Count);
            for (int k = 0; k < pairs.Count; k++)
            {
                Assert.Equal(expected[k].Step, pairs.Step(k).ToArray());
                Assert.Equal(expected[k].Change, pairs.Change(k).ToArray());
            }

            if (round % 5 != 4)
            {
                all.Update();
                Check(all, expected, _ => true);
            }

            if (round % 11 < 8)
            {
                some.Update(members);
                Check(some, expected, i => members[i]);
            }
        }
    }

    private static void Check(PairProducts products, List<(double[] Step, double[] Change)> pairs, Func<int, bool> isMember)
    {
        double Dot(double[] a, double[] b) => a.Select((value, i) => isMember(i) ? value * b[i] : 0).Sum();
        for (int i = 0; i < products.Stride; i++)
        {
            for (int j = 0; j < products.Stride; j++)
            {
                bool used = i < pairs.Count && j < pairs.Count;
                int at = (i * products.Stride) + j;
                Assert.Equal(used ? Dot(pairs[i].Step, pairs[j].Step) : 0, products.StepSteps[at], 1e-11);
                Assert.Equal(used ? Dot(pairs[i].Step, pairs[j].Change) : 0, products.StepChanges[at], 1e-11);
                Assert.Equal(used ? Dot(pairs[i].Change, pairs[j].Change) : 0, products.ChangeChanges[at], 1e-11);
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(8)]
    [InlineData(21)]
    public void Products_with_long_rows_are_sums_over_them(int n)
    {
        for (int rows = 0; rows < 11; rows++)
        {
            double[,] a = Dense.RandomMatrix(rows, n, rows);
            double[] v = Dense.Random(n, 50);
            double[] c = Dense.Random(rows, 51);
            var times = new double[rows];
            LongRows.Times(Dense.Flat(a), v, times);
            Dense.AssertClose(Dense.Times(a, v), times, 1e-12);
            double[] sum = [.. v];
            LongRows.AddTransposedTimes(Dense.Flat(a), c, sum);
            Dense.AssertClose(Dense.Plus(v, Dense.Times(Dense.Transpose(a), c)), sum, 1e-12);
        }
    }
}
