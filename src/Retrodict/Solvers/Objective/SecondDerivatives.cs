namespace Retrodict.Solvers;

/// <summary>Refuses models without second derivatives for methods that need them, when they are prepared and not amid a solve.</summary>
internal static class SecondDerivatives
{
    /// <param name="needs">What needs them, as the beginning of a sentence.</param>
    /// <param name="compile">Compiles what it needs.</param>
    /// <exception cref="NotSupportedException">The model has none; the message names methods that do without.</exception>
    public static void Require(string needs, Action compile)
    {
        try
        {
            compile();
        }
        catch (NotSupportedException e)
        {
            throw new NotSupportedException(
                $"{needs} needs second derivatives, which models that are ordinary code do not have ({e.Message}) Use levenberg-marquardt "
                + "without geodesic acceleration, gauss-newton or dogleg; or bfgs, l-bfgs, nonlinear-cg or gradient-descent.",
                e);
        }
    }
}
