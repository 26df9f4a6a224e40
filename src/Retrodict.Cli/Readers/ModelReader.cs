using Retrodict.Catalogue;
using Retrodict.Cli.Hosting;
using Retrodict.Learning;

namespace Retrodict.Cli.Readers;

/// <summary>Models from files.</summary>
internal static class ModelReader
{
    /// <summary>Loads a model.</summary>
    /// <param name="option">What names the file.</param>
    /// <param name="path">The file.</param>
    /// <exception cref="InputException">It cannot be read.</exception>
    public static DeceptronModel Load(string option, string path)
    {
        try
        {
            return DeceptronModel.Load(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{option}: {e.Message}", e);
        }
    }

    /// <summary>Loads the model of a problem.</summary>
    /// <exception cref="UsageException">It was trained for another problem.</exception>
    /// <exception cref="InputException">It cannot be read.</exception>
    public static DeceptronModel Load(string option, string path, BenchmarkProblem problem)
    {
        DeceptronModel model = Load(option, path);
        return Mismatch(model, problem) is { } reason
            ? throw new UsageException($"{option} is '{path}', which does not suit {problem.Name}: {reason}")
            : model;
    }

    /// <summary>Why a model does not belong to a problem; null if it does.</summary>
    public static string? Mismatch(DeceptronModel model, BenchmarkProblem problem)
    {
        try
        {
            model.RequireProblem(problem.ToInverseProblem());

            // Models that have not seen the forward model know their problem by name.
            bool another = !model.IsTied && model.Problem != problem.Name && ProblemCatalogue.All.Any(
                known => known.Name == model.Problem);
            return another ? $"The model was trained for '{model.Problem}'." : null;
        }
        catch (ArgumentException e)
        {
            return e.Message.Split(" (Parameter")[0];
        }
    }
}
