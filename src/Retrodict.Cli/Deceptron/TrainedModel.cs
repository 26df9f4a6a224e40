using Retrodict.Learning;

namespace Retrodict.Cli.Deceptron;

/// <summary>What a training gave.</summary>
/// <param name="Model">The model.</param>
/// <param name="HeldOut">For one of plain data, the pairs that were kept from training.</param>
/// <param name="DeleteCheckpoint">What to do once the model is saved.</param>
internal sealed record TrainedModel(DeceptronModel Model, PairedData? HeldOut, Action DeleteCheckpoint);
