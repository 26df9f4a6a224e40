using Retrodict.Learning;

namespace Retrodict.Cli.Deceptron;

/// <summary>A model, and for one of plain data the pairs that were kept from training.</summary>
internal sealed record TrainedModel(DeceptronModel Model, PairedData? HeldOut);
