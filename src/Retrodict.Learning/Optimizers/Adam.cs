namespace Retrodict.Learning;

/// <summary>
/// Adam. <see cref="AdaptiveMoments.WeightDecay"/> w adds w p to the gradient, the gradient of the penalty w/2 |p|^2, as in PyTorch's rule of this name.
/// </summary>
/// <remarks>D. P. Kingma, J. Ba, "Adam: a method for stochastic optimization", ICLR (2015), algorithm 1.</remarks>
public sealed record Adam : AdaptiveMoments
{
    private protected override void Update(OptimizerState state, Span<float> parameters, ReadOnlySpan<float> gradient, double learningRate) =>
        Move(state, parameters, gradient, learningRate, WeightDecay, 0);
}
