using System.Numerics;

namespace Retrodict.Autodiff.Tests.Fourier;

/// <summary>The transforms as their definitions say, with O(N^2) operations, along the middle axis of [outer, n, inner] tensors.</summary>
internal static class Definitions
{
    /// <summary>exp(2 pi i k / n) with the angle reduced in integers.</summary>
    public static Complex Root(long k, long n)
    {
        k = ((k % n) + n) % n;
        return Complex.FromPolarCoordinates(1, 2 * Math.PI * (2 * k > n ? k - n : k) / n);
    }

    public static Complex[] Fourier(Complex[] x, int outer, int n, int inner, int sign) =>
        Along(x, outer, n, inner, n, (line, k) =>
        {
            Complex sum = 0;
            for (int j = 0; j < n; j++)
            {
                sum += line[j] * Root(sign * (long)j * k, n);
            }

            return sum;
        });

    /// <summary>
    /// A real result from half a spectrum whose other half is the conjugate; imaginary parts that real data cannot have are dropped.
    /// </summary>
    public static Complex[] InverseReal(Complex[] x, int outer, int n, int inner) =>
        Along(x, outer, (n / 2) + 1, inner, n, (line, j) =>
        {
            double sum = line[0].Real;
            for (int k = 1; k <= n / 2; k++)
            {
                sum += 2 * k == n ? (line[k].Real * (j % 2 == 0 ? 1 : -1)) : 2 * (line[k] * Root((long)j * k, n)).Real;
            }

            return sum / n;
        });

    /// <summary>SciPy's dct and dst without normalization.</summary>
    public static double SineCosine(bool sine, int type, double[] x, int k)
    {
        int n = x.Length;
        double sum = 0;
        for (int j = 0; j < n; j++)
        {
            sum += x[j] * (sine, type) switch
            {
                (false, 1) => j == 0 ? 1 : j == n - 1 ? (k % 2 == 0 ? 1 : -1) : 2 * Root((long)j * k, 2 * (n - 1)).Real,
                (false, 2) => 2 * Root(((2L * j) + 1) * k, 4L * n).Real,
                (false, _) => j == 0 ? 1 : 2 * Root(j * ((2L * k) + 1), 4L * n).Real,
                (true, 1) => 2 * Root((j + 1L) * (k + 1), 2L * (n + 1)).Imaginary,
                (true, 2) => 2 * Root(((2L * j) + 1) * (k + 1), 4L * n).Imaginary,
                (true, _) => j == n - 1 ? (k % 2 == 0 ? 1 : -1) : 2 * Root((j + 1L) * ((2L * k) + 1), 4L * n).Imaginary,
            };
        }

        return sum;
    }

    public static Complex[] Along(Complex[] x, int outer, int n, int inner, int toLength, Func<Complex[], int, Complex> element)
    {
        var result = new Complex[outer * toLength * inner];
        for (int o = 0; o < outer; o++)
        {
            for (int i = 0; i < inner; i++)
            {
                Complex[] line = [.. Enumerable.Range(0, n).Select(j => x[(((o * n) + j) * inner) + i])];
                for (int k = 0; k < toLength; k++)
                {
                    result[(((o * toLength) + k) * inner) + i] = element(line, k);
                }
            }
        }

        return result;
    }

    public static Complex[] Random(int count, int seed, bool real = false)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(
            _ => new Complex((2 * random.NextDouble()) - 1, real ? 0 : (2 * random.NextDouble()) - 1))];
    }

    public static double Norm(IEnumerable<Complex> x) => Math.Sqrt(x.Sum(e => (e.Real * e.Real) + (e.Imaginary * e.Imaginary)));

    /// <summary>The largest difference relative to the root mean square of what is expected.</summary>
    public static double Error(Complex[] expected, Complex[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        double scale = Math.Max(Norm(expected) / Math.Sqrt(Math.Max(expected.Length, 1)), 1e-300);
        double worst = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            double error = (expected[i] - actual[i]).Magnitude / scale;
            worst = error <= worst ? worst : double.IsNaN(error) ? double.PositiveInfinity : error;
        }

        return worst;
    }
}
