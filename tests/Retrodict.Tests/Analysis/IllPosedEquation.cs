using Retrodict.Tests.Problems;

namespace Retrodict.Tests.Analysis;

/// <summary>
/// An integral equation of the first kind, discretized: six of those that P. C. Hansen collected in "Regularization Tools: A Matlab
/// package for analysis and solution of discrete ill-posed problems", Numerical Algorithms 6, 1994, section 4, after the equations. The
/// boxes of a Galerkin discretization have length 1.
/// </summary>
internal sealed record IllPosedEquation(string Name, double[,] Matrix, double[] Truth)
{
    private static readonly double[] _nodes = [-0.8611363115940526, -0.3399810435848563, 0.3399810435848563, 0.8611363115940526];
    private static readonly double[] _weights = [0.3478548451374538, 0.6521451548625461, 0.6521451548625461, 0.3478548451374538];

    public static IReadOnlyList<Func<int, IllPosedEquation>> All { get; } = [Shaw, SecondDerivative, Heat, Phillips, Baart, FoxGoodwin];

    /// <summary>The data of the truth, without noise.</summary>
    public double[] Data { get; } = Dense.Times(Matrix, Truth);

    /// <summary>An image's restoration in one dimension: (cos s + cos t)² (sin u / u)², u = π (sin s + sin t), between -π/2 and π/2, at the
    /// midpoints (C. B. Shaw, J. Math. Anal. Appl. 37, 1972).</summary>
    public static IllPosedEquation Shaw(int n)
    {
        double h = Math.PI / n;
        double[] angles = [.. Midpoints(n).Select(t => Math.PI * (t - 0.5))];
        return new IllPosedEquation(
            "shaw",
            Square(n, (i, j) =>
            {
                double u = Math.PI * (Math.Sin(angles[i]) + Math.Sin(angles[j]));
                double diffraction = Math.Abs(u) < 1e-8 ? 1 : Math.Sin(u) / u;
                return h * Math.Pow((Math.Cos(angles[i]) + Math.Cos(angles[j])) * diffraction, 2);
            }),
            [.. angles.Select(t => (2 * Math.Exp(-6 * Math.Pow(t - 0.8, 2))) + Math.Exp(-2 * Math.Pow(t + 0.5, 2)))]);
    }

    /// <summary>The second derivative, whose inverse has the kernel s (t - 1) for s below t and t (s - 1) above; truth t, Galerkin (L. M.
    /// Delves and J. L. Mohamed, "Computational Methods for Integral Equations", 1985).</summary>
    public static IllPosedEquation SecondDerivative(int n)
    {
        double h = 1.0 / n;
        double[] t = Midpoints(n);

        // Away from the diagonal the kernel is linear in both; in a box on it the mean of min(s, t) is a sixth of the box less than its
        // middle.
        return new IllPosedEquation(
            "deriv2",
            Square(n, (i, j) => h * ((t[i] * t[j]) - (i == j ? t[i] - (h / 6) : Math.Min(t[i], t[j])))),
            [.. t.Select(value => Math.Sqrt(h) * value)]);
    }

    /// <summary>The heat equation backwards from one boundary to the other: a Volterra equation with the kernel u^-3/2 exp(-1 / (4u)) /
    /// (2 √π), u = s - t, at the midpoints (A. S. Carasso, SIAM J. Appl. Math. 42, 1982).</summary>
    public static IllPosedEquation Heat(int n)
    {
        double h = 1.0 / n;
        return new IllPosedEquation(
            "heat",
            Square(n, (i, j) =>
            {
                double lag = (i - j + 0.5) * h;
                return i < j ? 0 : h * Math.Pow(lag, -1.5) / (2 * Math.Sqrt(Math.PI)) * Math.Exp(-1 / (4 * lag));
            }),
            [.. Enumerable.Range(1, n).Select(i => Pulse(20.0 * i / n))]);
    }

    /// <summary>The kernel φ(s - t) with φ(x) = 1 + cos(π x / 3) up to 3, which is also the truth, between -6 and 6, Galerkin (D. L.
    /// Phillips, J. ACM 9, 1962).</summary>
    public static IllPosedEquation Phillips(int n)
    {
        double h = 12.0 / n;
        return new IllPosedEquation(
            "phillips",
            Square(n, (i, j) => (Second((i - j + 1) * h) - (2 * Second((i - j) * h)) + Second((i - j - 1) * h)) / h),
            [.. Enumerable.Range(0, n).Select(i => (First(-6 + ((i + 1) * h)) - First(-6 + (i * h))) / Math.Sqrt(h))]);

        // The integral of φ, and of that.
        static double First(double x)
        {
            double inside = Math.Clamp(x, -3, 3);
            return inside + (3 / Math.PI * Math.Sin(Math.PI * inside / 3));
        }

        static double Second(double x)
        {
            double inside = Math.Min(Math.Abs(x), 3);
            return (0.5 * inside * inside) - (9 / (Math.PI * Math.PI) * Math.Cos(Math.PI * inside / 3)) + (3 * (Math.Abs(x) - inside));
        }
    }

    /// <summary>The kernel exp(s cos t), s up to π/2, and the truth sin t, t up to π, Galerkin (M. L. Baart, IMA J. Numer. Anal. 2, 1982).
    /// </summary>
    public static IllPosedEquation Baart(int n)
    {
        double hs = 0.5 * Math.PI / n;
        double ht = Math.PI / n;
        return new IllPosedEquation(
            "baart",
            Square(n, (i, j) => Enumerable.Range(0, _nodes.Length).Sum(k =>
            {
                double c = Math.Cos((j + 0.5 + (0.5 * _nodes[k])) * ht);
                double integral = Math.Exp((i + 0.5) * hs * c) * (Math.Abs(c) < 1e-8 ? hs : 2 * Math.Sinh(0.5 * hs * c) / c);
                return 0.5 * _weights[k] * ht * integral;
            }) / Math.Sqrt(hs * ht)),
            [.. Enumerable.Range(0, n).Select(j => (Math.Cos(j * ht) - Math.Cos((j + 1) * ht)) / Math.Sqrt(ht))]);
    }

    /// <summary>The kernel √(s² + t²) and the truth t, up to 1, at the midpoints (L. Fox and E. T. Goodwin, Phil. Trans. Roy. Soc. A 245,
    /// 1953).</summary>
    public static IllPosedEquation FoxGoodwin(int n)
    {
        double[] t = Midpoints(n);
        return new IllPosedEquation("foxgood", Square(n, (i, j) => Math.Sqrt((t[i] * t[i]) + (t[j] * t[j])) / n), t);
    }

    private static double[] Midpoints(int n) => [.. Enumerable.Range(0, n).Select(i => (i + 0.5) / n)];

    private static double Pulse(double t) => t switch
    {
        > 10 => 0,
        < 2 => 0.75 * t * t / 4,
        < 3 => 0.75 + ((t - 2) * (3 - t)),
        _ => 0.75 * Math.Exp(-2 * (t - 3)),
    };

    private static double[,] Square(int n, Func<int, int, double> entry)
    {
        var matrix = new double[n, n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                matrix[i, j] = entry(i, j);
            }
        }

        return matrix;
    }
}
