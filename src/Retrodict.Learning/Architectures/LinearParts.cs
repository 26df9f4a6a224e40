namespace Retrodict.Learning;

/// <summary>
/// Where an architecture has the matrices and biases that losses of weights speak of, as parameters' names after the network's.
/// </summary>
/// <param name="ForwardWeight">W, [m, n].</param>
/// <param name="ForwardBias">b, [m].</param>
/// <param name="ReverseWeight">V, [n or more, m].</param>
/// <param name="ReverseBias">c, as long as V has rows.</param>
internal sealed record LinearParts(string ForwardWeight, string ForwardBias, string ReverseWeight, string ReverseBias);
