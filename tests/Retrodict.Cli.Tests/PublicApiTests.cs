using System.Reflection;
using Retrodict.Tests.Shared;

namespace Retrodict.Cli.Tests;

public class PublicApiTests
{
    [Fact]
    public void The_command_exposes_nothing() => Assert.Empty(PublicApiText.Of(Assembly.Load("Retrodict.Cli")));
}
