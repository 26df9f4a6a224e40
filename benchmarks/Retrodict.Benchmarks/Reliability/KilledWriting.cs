using System.Globalization;
using Retrodict.Data;
using Retrodict.Randomness;

namespace Retrodict.Benchmarks;

/// <summary>A command that writes an archive over an older one and is killed.</summary>
/// <param name="folder">Where it writes.</param>
/// <param name="command">Its line, up to <c>--out</c>.</param>
internal sealed class KilledWriting(string folder, string[] command)
{
    public static readonly string[] Data = ["data", "heat-1d", "--split", "train", "--count", "100000"];
    public static readonly string[] Solve = ["solve", "heat-1d", "--instances", "2000"];

    private readonly string _file = Path.Combine(folder, "out.npz");
    private readonly List<string> _losses = [];

    public KillReport Run(int kills, RandomStream random)
    {
        TimeSpan whole = CommandProcess.Finish(Line("1"));
        string shapes = Shapes();
        int killed = 0;
        int ended = 0;
        for (int seed = 2; killed < kills; seed++)
        {
            // Most of the time goes by before the file is written; the moments lie around its end.
            TimeSpan after = whole * random.NextUniform(0.5, 1.05);
            if (CommandProcess.Kill(after, Line(seed.ToString(CultureInfo.InvariantCulture))) is null)
            {
                killed++;
                Console.Error.WriteLine(string.Create(
                    CultureInfo.InvariantCulture, $"{command[0]} killed {killed} of {kills} times, after {after.TotalSeconds:F1} s"));
            }
            else
            {
                ended++;
            }

            if (Shapes() is var now && now != shapes)
            {
                _losses.Add($"{command[0]}, kill {killed}: the file holds {now} instead of {shapes}");
            }
        }

        CommandProcess.Age(folder);
        CommandProcess.Finish(Line("1"));
        if (Directory.GetFiles(folder) is { Length: > 1 } files)
        {
            _losses.Add($"{command[0]}: {files.Length - 1} files are left beside the archive");
        }

        return new KillReport(command[0], killed, ended, _losses);
    }

    /// <summary>The arrays of the file, all of them read, which checks their checksums.</summary>
    private string Shapes()
    {
        try
        {
            using NpzFile file = NpzFile.Open(_file);
            return string.Join("; ", file.Names.Select(name => $"{name} {string.Join(',', file[name].Shape.ToArray())}"));
        }
        catch (IOException e)
        {
            return e.Message;
        }
    }

    private string[] Line(string seed) => [.. command, "--quiet", "--seed", seed, "--out", _file];
}
