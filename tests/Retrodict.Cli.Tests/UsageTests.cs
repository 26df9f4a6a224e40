namespace Retrodict.Cli.Tests;

public sealed class UsageTests
{
    [Theory]
    [InlineData("slove heat-1d", "has no verb 'slove'", "did you mean 'solve'?")]
    [InlineData("problems sho", "has no verb 'sho'", "did you mean 'show'?")]
    [InlineData("solve heat1d", "no problem 'heat1d'", "Did you mean 'heat-1d'?")]
    [InlineData("solve heat-1d --solver gaus-newton", "--solver is 'gaus-newton'", "did you mean 'gauss-newton'?")]
    [InlineData("solve heat-1d --stop tolerence", "--stop is 'tolerence'", "did you mean 'tolerance'?")]
    [InlineData("solve heat-1d --precision float23", "--precision is 'float23'", "did you mean 'float32'?")]
    [InlineData("solve heat-1d --start midle", "--start is 'midle'", "did you mean 'middle'?")]
    [InlineData("solve heat-1d --max-iteration 5", "no option '--max-iteration'", "did you mean '--max-iterations'?")]
    [InlineData("data heat-1d --split tset --out x.npz", "--split is 'tset'", "did you mean 'test'?")]
    public void A_typo_gets_the_nearest_name(string line, string problem, string hint)
    {
        string error = Cli.Fail(2, line.Split(' '));
        Assert.Contains(problem, error, StringComparison.Ordinal);
        Assert.Contains(hint, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("solve", "needs NAME")]
    [InlineData("data heat-1d --split test", "needs --out FILE.npz")]
    [InlineData("data heat-1d --out x.npz", "needs --split train|validation|test")]
    [InlineData("solve heat-1d --instances", "--instances needs a value: N")]
    [InlineData("solve heat-1d --instances 0", "a whole number from 1 to 100000000")]
    [InlineData("solve heat-1d --instances 1.5", "a whole number from 1 to 100000000")]
    [InlineData("solve heat-1d --instances 99999999", "--instances is 99999999; for heat-1d it must be from 1 to")]
    [InlineData("data heat-1d --split test --out x.npz --count 99999999", "--count is 99999999")]
    [InlineData("solve heat-1d --threads 0", "--threads is '0'; it must be a whole number from 1 to 1024")]
    [InlineData("solve heat-1d --threads 100000", "a whole number from 1 to 1024")]
    [InlineData("solve heat-1d --solver l-bfgs --memory 1000000000", "a whole number from 1 to 10000")]
    [InlineData("solve heat-1d --solver gradient-descent --nonmonotone 99999999999", "a whole number from 1 to 10000")]
    [InlineData("solve heat-1d --max-evaluations 99999999999", "a whole number from 1 to 1000000000")]
    [InlineData("solve heat-1d --seed -1", "--seed is '-1'")]
    [InlineData("solve heat-1d --seed 1 --seed 2", "--seed is given more than once")]
    [InlineData("solve heat-1d --tolerance 0,3", "--tolerance is '0,3'; it must be a number, 0 or more, with a decimal point")]
    [InlineData("solve heat-1d --tolerance nan", "--tolerance is 'nan'")]
    [InlineData("solve heat-1d --max-iterations -1", "--max-iterations is '-1'")]
    [InlineData("solve heat-1d --bounds 1,0", "--bounds is '1,0'")]
    [InlineData("solve heat-1d --bounds 0", "'lower,upper'")]
    [InlineData("solve heat-1d --bounds 0,inf --start middle", "--start is 'middle'")]
    [InlineData("solve heat-1d --prior maybe", "--prior is 'maybe'; it must be one of gaussian, none")]
    [InlineData("solve heat-1d --truth x.npz:x", "--truth goes with --observations")]
    [InlineData("solve heat-1d more", "takes no further argument, but 'more' was given")]
    [InlineData("solve heat-1d -v -q", "-v and -q exclude each other")]
    [InlineData("solve heat-1d --out no-such-folder/x.npz", "no-such-folder' does not exist")]
    [InlineData("solve heat-1d --out .", "which is a folder")]
    [InlineData("solve heat-1d --out x.csv", "ends in .npz")]
    [InlineData("check heat-1d --model m.safetensors", "has no option '--model'")]
    public void Wrong_usage_names_the_option_and_what_it_accepts(string line, string message) =>
        Assert.Contains(message, Cli.Fail(2, line.Split(' ')), StringComparison.Ordinal);

    [Fact]
    public void Arguments_that_begin_with_an_at_sign_are_no_files() =>
        Assert.Contains("'@arguments'", Cli.Fail(2, "solve", "@arguments"), StringComparison.Ordinal);
}
