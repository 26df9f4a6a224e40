namespace Retrodict.Cli.Requests;

/// <summary>A method that was asked for.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Classical">The method with its settings; null for one with a learned inverse, which is made once the model is
/// opened.</param>
internal sealed record MethodRequest(string Name, Solver? Classical);
