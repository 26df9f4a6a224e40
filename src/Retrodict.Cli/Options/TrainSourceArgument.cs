using System.CommandLine;
using Retrodict.Catalogue;
using Retrodict.Cli.Requests;

namespace Retrodict.Cli.Options;

/// <summary>The argument NAME of <c>train</c>: a problem of the catalogue, or <c>data:FILE.npz</c>.</summary>
internal static class TrainSourceArgument
{
    public static Argument<TrainSource> Create() => new("NAME")
    {
        Description = "The problem ('retrodict problems' lists them), or data:FILE.npz with arrays x and y, a row a sample.",
        Arity = ArgumentArity.ExactlyOne,
        CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            if (text.StartsWith(TrainSource.DataPrefix, StringComparison.Ordinal))
            {
                return new TrainSource(null, text[TrainSource.DataPrefix.Length..]);
            }

            try
            {
                return new TrainSource(ProblemCatalogue.Find(text), null);
            }
            catch (KeyNotFoundException e)
            {
                result.AddError(e.Message);
                return null;
            }
        },
    };
}
