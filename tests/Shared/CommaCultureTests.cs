using System.Globalization;

namespace Retrodict.Tests.Shared;

public class CommaCultureTests
{
    [Fact]
    public void The_comma_culture_writes_a_comma() =>
        CommaCulture.Run(() => Assert.Equal("1,5", 1.5.ToString(CultureInfo.CurrentCulture)));

    [Fact]
    public void Tests_run_under_the_culture_that_the_environment_names()
    {
        if (Environment.GetEnvironmentVariable(CommaCulture.Variable) is { Length: > 0 })
        {
            Assert.Equal("1,5", 1.5.ToString(CultureInfo.CurrentCulture));
            string? text = null;
            var thread = new Thread(() => text = 1.5.ToString(CultureInfo.CurrentCulture));
            thread.Start();
            thread.Join();
            Assert.Equal("1,5", text);
        }
    }
}
