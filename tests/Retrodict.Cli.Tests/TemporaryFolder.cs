using Retrodict.Data;

namespace Retrodict.Cli.Tests;

/// <summary>A folder for the files of one test.</summary>
public abstract class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("retrodict-cli-");

    /// <summary>The samples that tests solve: x, y and the rest of <c>data</c>.</summary>
    protected string Samples(int count, string split = "test")
    {
        string path = File($"{split}-{count}.npz");
        Assert.Equal(0, Cli.Run("data", "heat-1d", "--split", split, "--count", $"{count}", "--out", path).Code);
        return path;
    }

    protected string File(string name) => Path.Combine(_folder.FullName, name);

    protected string Text(string name, string text)
    {
        string path = File(name);
        System.IO.File.WriteAllText(path, text);
        return path;
    }

    protected string Array(string name, double[] values, params int[] shape)
    {
        string path = File(name);
        NpyFile.Write(path, NumpyArray.Create<double>(values, shape));
        return path;
    }

    public void Dispose()
    {
        _folder.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }
}
