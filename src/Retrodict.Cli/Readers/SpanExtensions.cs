namespace Retrodict.Cli.Readers;

internal static class SpanExtensions
{
    /// <summary>The position of the first NaN or infinity, or -1.</summary>
    public static int IndexOfAnyNonFinite(this ReadOnlySpan<double> values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (!double.IsFinite(values[i]))
            {
                return i;
            }
        }

        return -1;
    }
}
