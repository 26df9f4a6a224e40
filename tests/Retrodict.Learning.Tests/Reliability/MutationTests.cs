using Retrodict.Learning.Tests;

namespace Retrodict.Reliability;

/// <summary>Damaged inputs are refused with the exceptions that documentation names, and soon. The command <c>mutations</c> of the
/// benchmarks tries more of them.</summary>
public sealed class MutationTests
{
    private const int Inputs = 400;
    private const ulong Seed = 1;

    public static TheoryData<string> Names
    {
        get
        {
            using var folder = new TemporaryFolder();
            return [.. MutatedReaders.All(folder.Path).Select(reader => reader.Name)];
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Damage_is_refused_as_documented(string name)
    {
        using var folder = new TemporaryFolder();
        MutatedReader reader = MutatedReaders.All(folder.Path).Single(reader => reader.Name == name);
        Assert.All(reader.Inputs, input => Assert.Null(reader.Read(input)));
        var run = MutationRun.Of(reader, Inputs, Seed);
        Assert.Empty(run.Failures);

        // Damage that nothing notices, or that is noticed at once by a first byte, would try nothing.
        Assert.InRange(run.Refused, Inputs / 10, Inputs);
    }

    [Fact]
    public void An_exception_that_is_not_documented_is_found()
    {
        var reader = new MutatedReader("digits", ["12345"u8.ToArray()], bytes => _ = bytes[4], e => e is FormatException);
        Assert.NotEmpty(MutationRun.Of(reader, 100, Seed).Failures);
    }
}
