namespace Retrodict.Cli.Tests.Deceptron;

/// <summary>Models that were trained just long enough to be of use, once for all tests of a class.</summary>
public sealed class TrainedModels : TemporaryFolder
{
    public TrainedModels()
    {
        Physics = Train("physics", "heat-1d", "--steps", "300");
        Surrogate = Train("surrogate", "heat-1d", "--mode", "surrogate", "--steps", "3");
    }

    /// <summary>Trained on the true forward model of heat-1d.</summary>
    public string Physics { get; }

    /// <summary>Trained with a forward model of its own.</summary>
    public string Surrogate { get; }

    private string Train(string name, params string[] arguments)
    {
        string path = File($"{name}.safetensors");
        Cli.Outcome outcome = Cli.Run(["train", .. arguments, "--out", path]);
        Assert.Equal((0, ""), (outcome.Code, outcome.Error));
        return path;
    }
}
