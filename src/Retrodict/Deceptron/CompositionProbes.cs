using Retrodict.Randomness;

namespace Retrodict;

/// <summary>Probes of random signs, whose mean ‖J_g J_f ξ - ξ‖² is ‖J_g J_f - I‖_F² (Hutchinson 1990): the same ones at every
/// point and in every solve.</summary>
internal static class CompositionProbes
{
    private static readonly RandomStream _stream = new(0, "learned/composition");

    /// <summary>Probes, [count, n] row-major.</summary>
    public static double[] Draw(int count, int n)
    {
        var signs = new double[count * n];
        for (int probe = 0; probe < count; probe++)
        {
            _stream.At(probe).FillRademacher(signs.AsSpan(probe * n, n));
        }

        return signs;
    }
}
