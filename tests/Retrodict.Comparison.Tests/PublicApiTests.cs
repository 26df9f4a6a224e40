using System.Reflection;
using Retrodict.Tests.Shared;

namespace Retrodict.Comparison.Tests;

public class PublicApiTests
{
    [Fact]
    public void The_public_surface_is_the_reviewed_one() => PublicApi.AssertIsAsReviewed(Assembly.Load("Retrodict.Comparison"));
}
