namespace Retrodict.Benchmarks;

/// <summary>The peers of a run: each script is started once, and one that cannot start is left out with a word on stderr.</summary>
internal sealed class PeerScripts : IDisposable
{
    private readonly Dictionary<string, PeerScript?> _started = [];
    private readonly string _data = Path.Combine(Path.GetTempPath(), $"retrodict-peer-{Guid.NewGuid():N}.npz");

    /// <summary>Names and versions of what runs in the peers.</summary>
    public IEnumerable<(string Name, string Version)> Versions =>
        _started.Values.OfType<PeerScript>().SelectMany(peer => peer.Versions).Distinct();

    /// <summary>The running script; null where its packages are missing.</summary>
    public PeerScript? Start(string script)
    {
        if (_started.TryGetValue(script, out PeerScript? known))
        {
            return known;
        }

        string[] arguments = [];
        if (script == PeerCase.SciPy)
        {
            HeatCases.WritePeerData(_data);
            arguments = [_data];
        }

        PeerScript? peer = PeerScript.TryStart(script, arguments, out string? reason);
        if (peer is null)
        {
            Console.Error.WriteLine($"{script} does not run, its column stays empty: {reason}");
        }

        return _started[script] = peer;
    }

    public void Dispose()
    {
        foreach (PeerScript? peer in _started.Values)
        {
            peer?.Dispose();
        }

        File.Delete(_data);
    }
}
