namespace Retrodict.Tests.Regressions;

/// <summary>Fits of published data agree with R's and SciPy's in estimates, standard errors and sums of squares to six digits.</summary>
public sealed class PeerFitTests
{
    private const double SixDigits = 5e-7;

    public static TheoryData<string> Names() => [.. PeerFit.All.Select(fit => fit.Name)];

    [Fact]
    public void There_are_more_than_thirty() => Assert.InRange(PeerFit.All.Count, 31, int.MaxValue);

    [Theory]
    [MemberData(nameof(Names))]
    public void A_fit_is_that_of_R_or_SciPy(string name)
    {
        PeerFit peer = PeerFit.All.Single(fit => fit.Name == name);
        RegressionFit fit = peer.Regression.Fit();
        Assert.Equal(SolveStatus.Converged, fit.Solution.Status);

        // R scales the errors of a weighted fit by the residuals.
        double factor = peer.Regression.Sigma is null || peer.HasAbsoluteSigma ? 1 : fit.ResidualStandardDeviation;
        Assert.All(fit.Parameters, parameter =>
        {
            Agree(peer.Estimates[parameter.Name], parameter.Estimate);
            if (peer.StandardErrors.TryGetValue(parameter.Name, out double error))
            {
                Agree(error, factor * parameter.StandardError);
            }
            else
            {
                Assert.Equal(ParameterState.AtBound, parameter.State);
            }
        });
        Agree(peer.ResidualSumOfSquares, fit.ResidualSumOfSquares);
    }

    private static void Agree(double expected, double actual) => Assert.Equal(expected, actual, SixDigits * Math.Abs(expected));
}
