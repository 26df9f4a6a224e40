using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Retrodict.Autodiff;
using Retrodict.Data;
using Retrodict.Numerics;

namespace Retrodict;

/// <summary>
/// A file with what a slow model gave for every x that it was run at, so that an inversion which was killed goes on without repeating runs:
/// a solve is deterministic, and asks for the same x again. Runs are found by the bits of x.
/// </summary>
/// <remarks>Every run is written as soon as it is done, and what a kill leaves of a last one is cut off. Runs that are not finite are not
/// kept, as they may be better the next time. Safe to use from several threads; one process at a time has the file.</remarks>
public sealed class RunCache : IDisposable
{
    private const string Kind = "retrodict runs 1";
    private readonly Lock _gate = new();
    private readonly Dictionary<RunKey, double[]> _runs = [];
    private readonly FileStream _file;
    private readonly string _path;
    private readonly int _n;
    private readonly int _m;

    /// <summary>Opens a file, or makes a new one.</summary>
    /// <param name="path">The file.</param>
    /// <param name="unknowns">How many numbers x has.</param>
    /// <param name="observations">How many numbers y has.</param>
    /// <param name="model">What tells the model from others, such as its name and version: a file of another one is refused.</param>
    /// <exception cref="DataFormatException">The file is of another model or of other sizes, is none of these files, or is damaged before
    /// its last run.</exception>
    /// <exception cref="IOException">It cannot be opened, or another process has it.</exception>
    public RunCache(string path, int unknowns, int observations, string model = "")
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentOutOfRangeException.ThrowIfLessThan(unknowns, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(observations, 1);
        ArgumentNullException.ThrowIfNull(model);
        (_path, _n, _m) = (path, unknowns, observations);
        _file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        try
        {
            byte[] head = Encoding.UTF8.GetBytes(string.Create(
                CultureInfo.InvariantCulture, $"{Kind}, {unknowns} to {observations}, {model.ReplaceLineEndings(" ")}\n"));
            Read(head);
        }
        catch
        {
            _file.Dispose();
            throw;
        }
    }

    /// <summary>How many runs it holds.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _runs.Count;
            }
        }
    }

    /// <summary>How many runs it has saved since it was opened.</summary>
    public long Saved { get; private set; }

    private int RecordLength => 8 * (_n + _m + 1);

    /// <summary>The model, which is run only where it has not been run before.</summary>
    /// <param name="model">The model.</param>
    public ExternalFunction Around(ExternalFunction model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return (x, y) =>
        {
            var key = new RunKey(x.ToArray());
            if (!TryFind(key, y))
            {
                model(x, y);
                Keep(key, y);
            }
        };
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _file.Dispose();

    private bool TryFind(RunKey key, Span<double> y)
    {
        lock (_gate)
        {
            if (!_runs.TryGetValue(key, out double[]? known))
            {
                return false;
            }

            known.CopyTo(y);
            Saved++;
            return true;
        }
    }

    private void Keep(RunKey key, ReadOnlySpan<double> y)
    {
        if (!double.IsFinite(Vectors.Largest(y)))
        {
            return;
        }

        var record = new byte[RecordLength];
        Span<double> numbers = MemoryMarshal.Cast<byte, double>(record.AsSpan());
        key.X.CopyTo(numbers);
        y.CopyTo(numbers[_n..]);
        Seal(record);
        lock (_gate)
        {
            if (_runs.TryAdd(key, y.ToArray()))
            {
                _file.Write(record);
                _file.Flush();
            }
        }
    }

    private void Read(byte[] head)
    {
        if (_file.Length == 0)
        {
            _file.Write(head);
            _file.Flush();
            return;
        }

        var found = new byte[head.Length];
        int length = _file.ReadAtLeast(found, found.Length, throwOnEndOfStream: false);
        if (!found.AsSpan(0, length).SequenceEqual(head))
        {
            // A kill may have left a part of the head and nothing else.
            if (length == _file.Length && head.AsSpan().StartsWith(found.AsSpan(0, length)))
            {
                _file.SetLength(0);
                Read(head);
                return;
            }

            string line = Encoding.UTF8.GetString(found.AsSpan(0, length)).Split('\n')[0];
            throw new DataFormatException($"{Quoted.Name(_path)} does not hold runs of this model: it begins with '{line}', where "
                + $"'{Encoding.UTF8.GetString(head).TrimEnd()}' is needed; give another file, or delete it.");
        }

        var record = new byte[RecordLength];
        for (long at = head.Length; ; at += record.Length)
        {
            int read = _file.ReadAtLeast(record, record.Length, throwOnEndOfStream: false);
            bool isWhole = read == record.Length && IsSealed(record);
            if (!isWhole)
            {
                if (read == record.Length && at + record.Length < _file.Length)
                {
                    throw new DataFormatException($"{Quoted.Name(_path)} is damaged: run {(at - head.Length) / record.Length} of it is not "
                        + "what its checksum was made of; delete the file to run all anew.");
                }

                _file.SetLength(at);
                _file.Position = at;
                return;
            }

            ReadOnlySpan<double> numbers = MemoryMarshal.Cast<byte, double>(record.AsSpan());
            _runs[new RunKey(numbers[.._n].ToArray())] = numbers.Slice(_n, _m).ToArray();
        }
    }

    private static void Seal(Span<byte> record) => BinaryPrimitives.WriteUInt64LittleEndian(record[^8..], Digest(record[..^8]));

    private static bool IsSealed(ReadOnlySpan<byte> record) =>
        BinaryPrimitives.ReadUInt64LittleEndian(record[^8..]) == Digest(record[..^8]);

    /// <summary>FNV-1a, which is enough to tell a torn write.</summary>
    private static ulong Digest(ReadOnlySpan<byte> bytes)
    {
        ulong digest = 14695981039346656037;
        foreach (byte value in bytes)
        {
            digest = (digest ^ value) * 1099511628211;
        }

        return digest;
    }

    /// <summary>A point, by its bits.</summary>
    private readonly struct RunKey(double[] x) : IEquatable<RunKey>
    {
        public double[] X { get; } = x;

        public bool Equals(RunKey other) =>
            MemoryMarshal.AsBytes<double>(X).SequenceEqual(MemoryMarshal.AsBytes<double>(other.X));

        public override bool Equals(object? obj) => obj is RunKey other && Equals(other);

        public override int GetHashCode()
        {
            var hash = default(HashCode);
            hash.AddBytes(MemoryMarshal.AsBytes<double>(X));
            return hash.ToHashCode();
        }
    }
}
