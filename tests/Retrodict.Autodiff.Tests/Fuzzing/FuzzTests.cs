using System.Globalization;
using Xunit.Sdk;

namespace Retrodict.Autodiff.Tests.Fuzzing;

/// <summary>
/// Random programs obey the laws. Environment variables ask for more of them: RETRODICT_FUZZ_PROGRAMS, how many, and RETRODICT_FUZZ_SEED,
/// the first seed. A failure names the seed, and the shortest prefix of its program that fails.
/// </summary>
public class FuzzTests
{
    private const int DefaultPrograms = 150;
    private const int DefaultSeed = 20_240_501;

    [Fact]
    public void Random_programs_obey_the_laws()
    {
        int first = Number("RETRODICT_FUZZ_SEED", DefaultSeed);
        int programs = Number("RETRODICT_FUZZ_PROGRAMS", DefaultPrograms);
        var failures = new List<string>();
        for (int seed = first; seed < first + programs && failures.Count < 5; seed++)
        {
            if (Failure(seed, -1) is { } failure)
            {
                failures.Add(Shortest(seed, failure));
            }
        }

        Assert.True(failures.Count == 0, string.Join("\n\n", failures));
    }

    [Fact]
    public void A_seed_always_gives_the_same_program()
    {
        for (int seed = 0; seed < 20; seed++)
        {
            Assert.Equal(ProgramFuzzer.Program(seed).Function.ToString(), ProgramFuzzer.Program(seed).Function.ToString());
        }
    }

    [Fact]
    public void Random_programs_use_all_elementwise_primitives_and_nearly_all_others()
    {
        Type[] used = [.. Primitives(DefaultPrograms).Distinct()];
        Assert.True(used.Length >= 50, $"only {used.Length}: {string.Join(", ", used.Select(type => type.Name))}");
        used = [.. Primitives(5 * DefaultPrograms).Distinct()];
        Assert.All(ProgramFuzzer.TableRows, operation => Assert.Contains(operation.Primitive, used));
    }

    private static IEnumerable<Type> Primitives(int programs) => Enumerable.Range(DefaultSeed, programs)
        .SelectMany(seed => ProgramFuzzer.Program(seed).Function.Nodes).Select(node => node.Primitive.GetType());

    private static Exception? Failure(int seed, int steps)
    {
        try
        {
            ProgramLaws.Check(ProgramFuzzer.Program(seed, steps), seed);
            return null;
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            return failure;
        }
    }

    private static string Shortest(int seed, Exception failure)
    {
        int steps = ProgramFuzzer.Steps(seed);
        for (int shorter = 0; shorter < steps; shorter++)
        {
            if (Failure(seed, shorter) is { } earlier)
            {
                (steps, failure) = (shorter, earlier);
                break;
            }
        }

        string message = failure is XunitException ? failure.Message : failure.ToString();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Replay with RETRODICT_FUZZ_SEED={seed} RETRODICT_FUZZ_PROGRAMS=1. After {steps} steps: {message}\n{Program(seed, steps)}");
    }

    private static string Program(int seed, int steps)
    {
        try
        {
            return ProgramFuzzer.Program(seed, steps).Function.ToString();
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            return $"(tracing failed: {failure.Message})";
        }
    }

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.Integer, CultureInfo.InvariantCulture, out int number)
            ? number
            : otherwise;
}
