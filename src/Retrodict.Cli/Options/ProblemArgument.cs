using System.CommandLine;
using Retrodict.Catalogue;

namespace Retrodict.Cli.Options;

/// <summary>The argument NAME: a problem of the catalogue.</summary>
internal static class ProblemArgument
{
    public static Argument<BenchmarkProblem> Create() => new("NAME")
    {
        Description = "The problem; 'retrodict problems' lists them.",
        Arity = ArgumentArity.ExactlyOne,
        CustomParser = result =>
        {
            try
            {
                return ProblemCatalogue.Find(result.Tokens[0].Value);
            }
            catch (KeyNotFoundException e)
            {
                result.AddError(e.Message);
                return null;
            }
        },
    };
}
