namespace Retrodict.Benchmarks;

/// <summary>One row of the table: what is timed, and the peer's name for the same work.</summary>
/// <param name="Name">What the row says.</param>
/// <param name="Peer">The case of benchmarks/peers/torch_peer.py that does the same; null if there is none.</param>
/// <param name="Goal">The largest ratio to the peer's time, or the largest time in microseconds where there is no peer; null if there is none.</param>
/// <param name="Prepare">Makes the work, warm-up excluded.</param>
internal sealed record Case(string Name, string? Peer, double? Goal, Func<Action> Prepare);
