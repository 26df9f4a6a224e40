namespace Retrodict.Cli.Tests;

public sealed class FitUsageTests : TemporaryFolder
{
    [Theory]
    [InlineData("fit --model a*x", "needs FILE.csv")]
    [InlineData("fit d.csv", "needs --model EXPR")]
    [InlineData("fit d.csv --model", "--model needs a value: EXPR")]
    [InlineData("fit d.csv --modle a*x", "did you mean '--model'?")]
    [InlineData("fit d.csv --model a*x --start a", "--start is 'a'; it must be NAME=NUMBER")]
    [InlineData("fit d.csv --model a*x --start a=1,b", "--start has the part 'b'; its parts must be NAME=NUMBER")]
    [InlineData("fit d.csv --model a*x --start =1", "--start is '=1'")]
    [InlineData("fit d.csv --model a*x --start a=1,5", "has the part '5'")]
    [InlineData("fit d.csv --model a*x --start a=nan", "--start is 'a=nan'")]
    [InlineData("fit d.csv --model a*x --start a=1 --bounds a=1", "--bounds is 'a=1'; it must be NAME=LOWER:UPPER")]
    [InlineData("fit d.csv --model a*x --start a=1 --bounds a=1:2:3", "--bounds is 'a=1:2:3'")]
    [InlineData("fit d.csv --model a*x --start a=1 --bounds a=2:1", "--bounds: The bounds of 'a' are 2 and 1")]
    [InlineData("fit d.csv --model a*x --start a=1 --bounds a=2:", "--start: The start of 'a' is 1, outside of its bounds")]
    [InlineData("fit d.csv --model a*x --start a=1 --bounds b=2:", "--bounds: The model has no parameter 'b'")]
    [InlineData("fit d.csv --model a*x", "--start: 'a' has no start. What is no column (y, x, s, note) is a parameter")]
    [InlineData(
        "fit d.csv --model rate*x --start raet=1",
        "--start: The model has no parameter 'raet'; its parameters are rate; did you mean 'rate'?")]
    [InlineData("fit d.csv --model a*x --start a=1,a=2", "--start: 'a' is given more than once")]
    [InlineData("fit d.csv --model a*x --start a=1,x=2", "--start: 'x' is a column of the data")]
    [InlineData("fit d.csv --model a*x --start a=1 --fix a=2", "--fix: 'a' has a start and is fixed as well")]
    [InlineData("fit d.csv --model a*x --fix a=2", "--model: All parameters are fixed")]
    [InlineData(
        "fit d.csv --model a*x --start a=1 --response Y",
        "--response: 'd.csv' has no column 'Y'; its columns are y, x, s, note; did you mean 'y'?")]
    [InlineData(
        "fit d.csv --model a*y --start a=1",
        "--response: The model contains 'y', which is the column to be fitted unless another response is named")]
    [InlineData("fit d.csv --model y=a*x --start a=1 --response y", "--response: The model says on its left side what is fitted")]
    [InlineData("fit d.csv --model a*x --start a=1 --sigma sd", "--sigma: 'd.csv' has no column 'sd'")]
    [InlineData("fit d.csv --model a*x --start a=1 --loss hubert", "--loss is 'hubert'; it must be")]
    [InlineData("fit d.csv --model a*x --start a=1 --solver newtn", "--solver is 'newtn'; it must be")]
    [InlineData("fit d.csv --model a*x --start a=1 --max-iterations x", "--max-iterations is 'x'")]
    [InlineData("fit d.csv --model a*x --start a=1 --out o.csv", "--out goes with --predict")]
    [InlineData("fit d.csv --model a*x --start a=1 --predict d.csv --out o.npz", "ends in .csv")]
    public void Wrong_usage_names_the_option_and_what_it_accepts(string line, string message)
    {
        string path = Text("d.csv", "y,x,s,note\n1,1,1,a\n2,2,1,b\n3,3,1,c\n");
        string[] arguments = [.. line.Split(' ').Select(part => part == "d.csv" ? path : part)];
        Assert.Contains(message, Cli.Fail(2, arguments).Replace(path, "d.csv", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_that_cannot_be_read_is_shown_with_a_caret()
    {
        string path = Text("d.csv", "y,x\n1,1\n2,2\n");
        Cli.Outcome outcome = Cli.Run("fit", path, "--model", "a*xep(x)", "--start", "a=1");
        Assert.Equal((2, ""), (outcome.Code, outcome.Output));
        Assert.Equal(
            ["error: --model: There is no function 'xep' (position 2); did you mean 'exp'?", "  a*xep(x)", "    ^", ""],
            outcome.Error.ReplaceLineEndings("\n").Split('\n'));
    }

    [Theory]
    [InlineData("missing.csv --model a*x --start a=1", "There is no file")]
    [InlineData("bad.csv --model a*x --start a=1", "line 3: the value of column 'x' is missing")]
    [InlineData("d.csv --model a*note --start a=1", "the value of column 'note' is 'a', which is no finite number")]
    [InlineData("d.csv --model log(y)=a*x --start a=1", "line 2: log(y) is -Infinity")]
    [InlineData("d.csv --model a*x --start a=1 --sigma y", "line 2: the standard deviation 'y' is 0; it must be positive")]
    [InlineData("d.csv --model a+b*x+c*x^2 --start a=1,b=1,c=1", "has 2 rows, too few for 3 parameters")]
    [InlineData("d.csv --model a*x --start a=1 --predict other.csv", "has no column 'x', which the model contains")]
    public void Files_that_cannot_be_used_are_failures(string line, string message)
    {
        Text("d.csv", "y,x,note\n0,1,a\n2,2,b\n");
        Text("bad.csv", "y,x\n1,1\n2,\n");
        Text("other.csv", "z\n1\n");
        string[] arguments = [.. line.Split(' ').Select(part => part.EndsWith(".csv", StringComparison.Ordinal) ? File(part) : part)];
        Assert.Contains(message, Cli.Fail(1, ["fit", .. arguments]), StringComparison.Ordinal);
    }
}
