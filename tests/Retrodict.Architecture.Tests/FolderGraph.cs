namespace Retrodict.Architecture.Tests;

/// <summary>Which folder of a project uses which: what every name in its sources is bound to.</summary>
internal sealed class FolderGraph
{
    private readonly ILookup<(string From, string To), Reference> _edges;
    private readonly Dictionary<string, HashSet<string>> _reach;

    /// <param name="folders">The folders.</param>
    /// <param name="references">What they use of each other.</param>
    public FolderGraph(IReadOnlyCollection<string> folders, IEnumerable<Reference> references)
    {
        Folders = [.. folders.Order(StringComparer.Ordinal)];
        _edges = references.Where(reference => reference.From != reference.To).ToLookup(reference => (reference.From, reference.To));
        _reach = Folders.ToDictionary(folder => folder, Reachable);
    }

    /// <summary>The folders that hold sources, relative to the project; the top is empty.</summary>
    public IReadOnlyList<string> Folders { get; }

    /// <summary>The references from one folder to another.</summary>
    public IEnumerable<Reference> Between(string from, string to) => _edges[(from, to)];

    /// <summary>The folders that a folder uses.</summary>
    public IEnumerable<string> UsedBy(string folder) => Folders.Where(other => _edges.Contains((folder, other)));

    /// <summary>The graph without what points upwards in an order, lowest first.</summary>
    public FolderGraph Downward(string[] order) => new(
        Folders, _edges.SelectMany(edge => edge).Where(edge => Array.IndexOf(order, edge.To) < Array.IndexOf(order, edge.From)));

    /// <summary>Whether a folder uses another, itself or through what it uses.</summary>
    public bool Reaches(string from, string to) => _reach[from].Contains(to);

    private HashSet<string> Reachable(string start)
    {
        var reached = new HashSet<string>();
        var open = new Stack<string>([start]);
        while (open.TryPop(out string? folder))
        {
            foreach (string next in UsedBy(folder).Where(reached.Add))
            {
                open.Push(next);
            }
        }

        return reached;
    }
}
