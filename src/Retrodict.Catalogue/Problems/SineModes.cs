namespace Retrodict.Catalogue.Problems;

/// <summary>
/// Sine modes on a grid of n interior points s_i = i / (n + 1), i = 1..n, between ends that are held at zero: Phi[i, k] = sqrt(2 / (n + 1))
/// sin(pi k s_i), k = 1..n, is orthonormal, and the heat equation u_t = kappa u_ss multiplies mode k by exp(-kappa (pi k)² t).
/// </summary>
internal static class SineModes
{
    /// <summary>Phi, with a mode a column, each of unit 2-norm on the grid.</summary>
    /// <param name="size">The number of points and of modes, n.</param>
    public static double[,] Orthonormal(int size)
    {
        var sines = new double[size, size];
        for (int i = 1; i <= size; i++)
        {
            for (int k = 1; k <= size; k++)
            {
                sines[i - 1, k - 1] = Math.Sqrt(2.0 / (size + 1)) * Math.Sin(Math.PI * k * i / (size + 1));
            }
        }

        return sines;
    }

    /// <summary>What is left of each mode, exp(-kappa (pi k)² t), k = 1..n.</summary>
    /// <param name="size">The number of modes, n.</param>
    /// <param name="conductivity">kappa.</param>
    /// <param name="time">t.</param>
    public static double[] Decay(int size, double conductivity, double time)
    {
        var decay = new double[size];
        for (int k = 1; k <= size; k++)
        {
            decay[k - 1] = Math.Exp(-conductivity * Math.Pow(Math.PI * k, 2) * time);
        }

        return decay;
    }
}
