namespace Retrodict.Learning;

/// <summary>
/// Adam with decoupled weight decay: <see cref="AdaptiveMoments.WeightDecay"/> w first takes lr w p away from the parameters, whatever the gradient's size.
/// </summary>
/// <remarks>I. Loshchilov, F. Hutter, "Decoupled weight decay regularization", ICLR (2019), algorithm 2, with lr w in the place of eta lambda, as in PyTorch.</remarks>
public sealed record AdamW : AdaptiveMoments
{
    private protected override void Update(OptimizerState state, Span<float> parameters, ReadOnlySpan<float> gradient, double learningRate) =>
        Move(state, parameters, gradient, learningRate, 0, -learningRate * WeightDecay);
}
