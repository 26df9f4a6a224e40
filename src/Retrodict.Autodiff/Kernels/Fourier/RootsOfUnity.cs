namespace Retrodict.Autodiff.Kernels.Fourier;

/// <summary>
/// Complex roots of unity. The angle is reduced to the first octant in integers, so that symmetric roots are exactly symmetric.
/// </summary>
internal static class RootsOfUnity
{
    /// <summary>exp(-2 pi i k / n), in double to the last bit or two.</summary>
    public static (double Re, double Im) At(long k, long n)
    {
        k %= n;
        long quadrant = 4 * k / n;
        long rest = (4 * k) - (quadrant * n);
        double cos, sin;
        if (2 * rest <= n)
        {
            (sin, cos) = double.SinCosPi(0.5 * rest / n);
        }
        else
        {
            (cos, sin) = double.SinCosPi(0.5 * (n - rest) / n);
        }

        return quadrant switch
        {
            0 => (cos, -sin),
            1 => (-sin, -cos),
            2 => (-cos, sin),
            _ => (sin, cos),
        };
    }
}
