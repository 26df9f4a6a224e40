using System.Globalization;
using Retrodict.Randomness;

namespace Retrodict.Benchmarks;

/// <summary>A training over an older model that is killed again and again, and resumed each time until it ends.</summary>
internal sealed class KilledTraining(string folder)
{
    private const string Steps = "4000";
    private readonly string _model = Path.Combine(folder, "model.safetensors");
    private readonly List<string> _losses = [];

    public KillReport Run(int kills, RandomStream random)
    {
        CommandProcess.Finish([.. Train("3"), "--steps", "20"]);
        byte[] old = File.ReadAllBytes(_model);
        TimeSpan whole = CommandProcess.Finish([.. Train("7"), "--steps", Steps]);
        byte[] undisturbed = File.ReadAllBytes(_model);
        int killed = 0;
        int ended = 0;
        while (killed < kills)
        {
            File.WriteAllBytes(_model, old);
            while (Next(ref killed, kills, random, whole))
            {
                Look(killed, old, undisturbed);
            }

            ended++;
            if (!File.ReadAllBytes(_model).AsSpan().SequenceEqual(undisturbed))
            {
                _losses.Add($"kill {killed}: the resumed training ended at other bits than the undisturbed one");
            }

            string[] left = [.. Directory.GetFiles(folder).Select(Path.GetFileName).Where(name => name != "model.safetensors")!];
            if (left.Length > 0)
            {
                _losses.Add($"kill {killed}: the training left {string.Join(", ", left)}");
            }
        }

        return new KillReport("train --resume", killed, ended, _losses);
    }

    /// <summary>One more kill, or after the last one the way to the end.</summary>
    /// <returns>Whether the training was killed, so that it must go on.</returns>
    private bool Next(ref int killed, int kills, RandomStream random, TimeSpan whole)
    {
        string[] line = [.. Train("7"), "--steps", Steps, "--resume"];
        TimeSpan after = killed < kills ? whole * random.NextUniform(0.02, 0.8) : TimeSpan.FromHours(1);
        switch (CommandProcess.Kill(after, line))
        {
            case null:
                killed++;
                CommandProcess.Age(folder);
                Console.Error.WriteLine(string.Create(
                    CultureInfo.InvariantCulture, $"training killed {killed} of {kills} times, after {after.TotalSeconds:F1} s"));
                return true;
            case 0:
                return false;
            default:
                _losses.Add($"kill {killed}: the training could not be resumed");
                return false;
        }
    }

    private void Look(int kill, byte[] old, byte[] undisturbed)
    {
        byte[] now = File.Exists(_model) ? File.ReadAllBytes(_model) : [];
        if (!now.AsSpan().SequenceEqual(old) && !now.AsSpan().SequenceEqual(undisturbed))
        {
            _losses.Add($"kill {kill}: the model is neither the old nor the new one");
        }
    }

    private string[] Train(string seed) => ["train", "heat-1d", "--quiet", "--seed", seed, "--out", _model];
}
