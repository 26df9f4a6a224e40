using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Retrodict.Autodiff.Kernels;

namespace Retrodict.Autodiff.Tests.Kernels;

/// <summary>Four vectors' sums side by side have the bits of each alone.</summary>
public class LaneSumsTests
{
    [Fact]
    public void Four_floats_are_those_of_one_sum_each() => Check<float>();

    [Fact]
    public void Four_doubles_are_those_of_one_sum_each() => Check<double>();

    private static unsafe void Check<T>()
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var random = new Random(5);
        T* lanes = stackalloc T[4 * Vector512<T>.Count];
        T* sums = stackalloc T[4];
        for (int repeat = 0; repeat < 200; repeat++)
        {
            for (int i = 0; i < 4 * Vector512<T>.Count; i++)
            {
                lanes[i] = T.CreateTruncating(((2 * random.NextDouble()) - 1) * Math.ScaleB(1, random.Next(-12, 12)));
            }

            var v = new Vector512<T>[4];
            var one = new T[4];
            for (int i = 0; i < 4; i++)
            {
                v[i] = Vector512.Load(lanes + (i * Vector512<T>.Count));
                one[i] = WideVector.Sum(v[i]);
            }

            LaneSums.Store(sums, v[0], v[1], v[2], v[3]);
            AssertSameBits(one, new ReadOnlySpan<T>(sums, 4));
            LaneSums.Add(sums, v[3], v[0], v[1], v[2]);
            AssertSameBits([one[0] + one[3], one[1] + one[0], one[2] + one[1], one[3] + one[2]], new ReadOnlySpan<T>(sums, 4));
        }
    }

    private static void AssertSameBits<T>(ReadOnlySpan<T> expected, ReadOnlySpan<T> actual)
        where T : unmanaged =>
            Assert.Equal(Convert.ToHexString(MemoryMarshal.AsBytes(expected)), Convert.ToHexString(MemoryMarshal.AsBytes(actual)));
}
