namespace Retrodict.Catalogue.Tests;

public sealed class PrincipalComponentsTests
{
    /// <summary>Eigenvalues 9, 4 and 1 along (1, 1, 0), (1, -1, 0) and (0, 0, 1).</summary>
    private static readonly double[] _covariance = [6.5, 2.5, 0, 2.5, 6.5, 0, 0, 0, 1];

    [Fact]
    public void The_leading_eigenpairs_come_first_and_the_others_are_averaged()
    {
        PrincipalComponents one = PrincipalComponents.Of(_covariance, 3, 1);
        Assert.Equal(9, Assert.Single(one.Variances), 1e-13);
        Assert.Equal(2.5, one.Remaining, 1e-13);
        Assert.Equal(0.5, one.Vectors[0] * one.Vectors[1], 1e-13);
        Assert.Equal(0, one.Vectors[2], 1e-13);
    }

    [Fact]
    public void All_but_one_give_the_covariance_back() =>
        AssertClose(_covariance, PrincipalComponents.Of(_covariance, 3, 2).ToCovariance());

    [Fact]
    public void Fewer_keep_its_trace_and_the_variance_along_them()
    {
        double[] c = PrincipalComponents.Of(_covariance, 3, 1).ToCovariance();
        Assert.Equal(14, c[0] + c[4] + c[8], 1e-13);

        // Beside (1, 1, 0) every direction has the variance (4 + 1) / 2.
        AssertClose([5.75, 3.25, 0, 3.25, 5.75, 0, 0, 0, 2.5], c);
    }

    [Fact]
    public void A_covariance_that_is_not_finite_is_refused()
        => Assert.Equal(
            "covariance", Assert.Throws<ArgumentException>(() => PrincipalComponents.Of([double.NaN, 0, 0, 1], 2, 1)).ParamName);

    private static void AssertClose(double[] expected, double[] actual)
    {
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], 1e-13);
        }
    }
}
