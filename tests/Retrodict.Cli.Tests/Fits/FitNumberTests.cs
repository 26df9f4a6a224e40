namespace Retrodict.Cli.Tests.Fits;

/// <summary>Numbers of the printed tables.</summary>
public sealed class FitNumberTests : TemporaryFolder
{
    [Theory]
    [InlineData(212.68374, 6.9471552, "212.68", "6.95")]
    [InlineData(0.064121282, 0.0082809, "0.06412", "0.00828")]
    [InlineData(101.304232, 0.0146, "101.3042", "0.0146")]
    [InlineData(0.0001, 5.2, "0.00", "5.20")]
    [InlineData(238.94212918, 2.7070075241, "238.94", "2.71")]
    [InlineData(5.5015643181e-4, 7.2668688436e-6, "0.00055016", "0.00000727")]
    [InlineData(-123456.7, 12.34, "-123456.7", "12.3")]
    [InlineData(6.02214e23, 1.3e20, "6.02214e+23", "1.30e+20")]
    [InlineData(1.38e-23, 4.5e-26, "1.38000e-23", "4.50e-26")]
    [InlineData(2, 1e-16, "2", "1.00e-16")]
    [InlineData(1.0 / 3, 0, "0.333333333333333", "0")]
    [InlineData(1.0 / 3, double.NaN, "0.3333333333", "")]
    [InlineData(0, 0, "0", "0")]
    public void A_number_is_rounded_by_its_error(double value, double error, string number, string uncertainty)
    {
        var rounded = Rendering.RoundedNumber.Of(value, error);
        Assert.Equal((number, uncertainty), (rounded.Value, rounded.Error));
    }

    [Fact]
    public void Verbose_gives_all_digits()
    {
        string output = FitCase.Run("peak", "A*exp(-(x-m)^2/(2*s^2))", "A=10,m=50,s=10", "-v").Output;
        Assert.Matches(@"\nA +4\.97\d{12}e\+01 +4\.\d{7}e-01 +4\.\d{7}e\+01 to +5\.\d{7}e\+01", output);
        Assert.Matches(
            @"\nA +49\.\d{3} +0\.\d{3} +48\.\d{3} +to +50\.\d{3}", FitCase.Run("peak", "A*exp(-(x-m)^2/(2*s^2))", "A=10,m=50,s=10").Output);
    }

    [Fact]
    public void Json_has_the_covariance_in_the_order_of_the_parameters()
    {
        System.Text.Json.JsonElement fit = FitCase.Run(
            "sine", "abs(a)*sin(b*t-c)+d", "a=1,b=0.7,c=3,d=0", "--bounds", "a=0:,c=0:6.283", "--json").Json();
        System.Text.Json.JsonElement parameters = fit.GetProperty("parameters"), covariance = fit.GetProperty("covariance");
        Assert.Equal(200, fit.GetProperty("rows").GetInt32());
        for (int i = 0; i < 4; i++)
        {
            if (parameters[i].GetProperty("state").GetString() == "at-bound")
            {
                Assert.Equal(System.Text.Json.JsonValueKind.Null, covariance[i][i].ValueKind);
                continue;
            }

            double error = parameters[i].GetProperty("standard_error").GetDouble();
            Assert.Equal(error * error, covariance[i][i].GetDouble(), 1e-12 * error * error);
            Assert.Equal(1, fit.GetProperty("correlations")[i][i].GetDouble());
            Assert.Equal(
                2 * 1.97 * error,
                parameters[i].GetProperty("interval")[1].GetDouble() - parameters[i].GetProperty("interval")[0].GetDouble(),
                0.02 * error);
        }
    }
}
