using System.IO.Compression;

namespace Retrodict.Data;

/// <summary>
/// A NumPy NPZ file open for reading: a ZIP archive of NPY arrays, stored or deflated, each loaded when asked for. Methods may be called
/// from several threads; they take turns.
/// </summary>
public sealed class NpzFile : IDisposable
{
    private const string Extension = ".npy";

    // The date that NumPy gives every member, so that equal arrays make equal files.
    private static readonly DateTimeOffset _date = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly string _path;
    private readonly NumpyLimits _limits;
    private readonly ZipArchive _archive;
    private readonly OrderedDictionary<string, ZipArchiveEntry> _entries = new(StringComparer.Ordinal);
    private readonly Lock _turn = new();

    private NpzFile(string path, NumpyLimits limits, ZipArchive archive)
    {
        _path = path;
        _limits = limits;
        _archive = archive;
    }

    /// <summary>The names of the arrays, without the extension <c>.npy</c>, in the order of the archive. Members of other kinds are passed
    /// over.</summary>
    public IReadOnlyList<string> Names => _entries.Keys;

    /// <summary>Loads an array; the same as <see cref="Load"/>.</summary>
    /// <param name="name">The array's name.</param>
    public NumpyArray this[string name] => Load(name);

    /// <summary>Opens a file and reads its table of contents.</summary>
    /// <param name="path">The file.</param>
    /// <param name="limits">What each array may ask for; <see cref="NumpyLimits.Default"/> where null.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="DataFormatException">The file is not a ZIP archive, is damaged, or has two arrays of one name.</exception>
    public static NpzFile Open(string path, NumpyLimits? limits = null)
    {
        FileStream stream = DataFile.OpenRead(path);
        try
        {
            ZipArchive archive = Zip(Quoted.Name(path), () => new ZipArchive(stream, ZipArchiveMode.Read));
            NpzFile file = new(path, limits ?? NumpyLimits.Default, archive);
            foreach (ZipArchiveEntry entry in Zip(Quoted.Name(path), () => archive.Entries))
            {
                file.Add(entry);
            }

            return file;
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Writes a file; an old file of that name stays whole until the new one is complete. Equal arrays make equal bytes.</summary>
    /// <param name="path">The file.</param>
    /// <param name="arrays">The names, without extension, and arrays.</param>
    /// <param name="compressed">True to deflate the arrays, as <c>numpy.savez_compressed</c> does.</param>
    /// <exception cref="ArgumentException">A name is empty or given twice.</exception>
    public static void Write(string path, IEnumerable<(string Name, NumpyArray Array)> arrays, bool compressed)
    {
        ArgumentNullException.ThrowIfNull(arrays);
        AtomicFile.Write(path, stream =>
        {
            HashSet<string> written = new(StringComparer.Ordinal);
            using ZipArchive archive = new(stream, ZipArchiveMode.Create, leaveOpen: true);
            foreach ((string name, NumpyArray array) in arrays)
            {
                if (string.IsNullOrEmpty(name) || !written.Add(name))
                {
                    throw new ArgumentException(
                        string.IsNullOrEmpty(name)
                            ? "An array has no name."
                            : $"Two arrays have the name {Quoted.Name(name)}.", nameof(arrays));
                }

                ZipArchiveEntry entry = archive.CreateEntry(
                    name + Extension, compressed ? CompressionLevel.Optimal : CompressionLevel.NoCompression);
                entry.LastWriteTime = _date;
                using Stream member = entry.Open();
                NpyWriter.Write(member, array);
            }
        });
    }

    /// <summary>Loads an array.</summary>
    /// <param name="name">The array's name.</param>
    /// <exception cref="DataFormatException">The file has no such array, or the array is damaged, of an unsupported kind or beyond the
    /// limits.</exception>
    public NumpyArray Load(string name)
    {
        lock (_turn)
        {
            ZipArchiveEntry entry = Find(name);
            string label = Label(name);
            using Crc32ReadStream member = new(OpenEntry(entry, label));
            NumpyArray array = new NpyReader(member, label, _limits).ReadArray(entry.Length, trusted: false);
            return member.Crc == entry.Crc32 ? array : throw new DataFormatException(
                $"{label}: its data is damaged (it has checksum {member.Crc:X8} where the archive says {entry.Crc32:X8}).");
        }
    }

    /// <summary>Reads the type and shape of an array without its elements.</summary>
    /// <param name="name">The array's name.</param>
    /// <exception cref="DataFormatException">The file has no such array, or its header is damaged, of an unsupported kind or beyond the
    /// limits.</exception>
    public NpyHeader ReadHeader(string name)
    {
        lock (_turn)
        {
            using Stream member = OpenEntry(Find(name), Label(name));
            return new NpyReader(member, Label(name), _limits).ReadHeader();
        }
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _archive.Dispose();

    private static Stream OpenEntry(ZipArchiveEntry entry, string label)
        => entry.IsEncrypted
            ? throw new DataFormatException($"{label}: it is encrypted, which is not supported; save the archive without a password.")
            : Zip(label, entry.Open);

    // Hostile input is documented to give InvalidDataException; the others are what arithmetic on lengths and offsets could give besides.
    private static T Zip<T>(string label, Func<T> operation)
    {
        try
        {
            return operation();
        }
        catch (Exception e) when (
            e is InvalidDataException or EndOfStreamException or NotSupportedException or ArgumentException or OverflowException)
        {
            throw new DataFormatException($"{label}: it is not a readable ZIP archive with stored or deflated members ({e.Message})", e);
        }
    }

    private void Add(ZipArchiveEntry entry)
    {
        if (!entry.FullName.EndsWith(Extension, StringComparison.Ordinal))
        {
            return;
        }

        string name = entry.FullName[..^Extension.Length];
        if (!_entries.TryAdd(name, entry))
        {
            throw new DataFormatException(
                $"{Quoted.Name(_path)} has two arrays with the name {Quoted.Name(name)}, so that the name does not say which is meant.");
        }
    }

    private ZipArchiveEntry Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (_entries.TryGetValue(name, out ZipArchiveEntry? entry))
        {
            return entry;
        }

        string holds = _entries.Count == 0 ? "it holds none" : $"it holds {Quoted.List(_entries.Keys)}";
        string hint = NearestName.Find(name, _entries.Keys) is string nearest ? $" Did you mean {Quoted.Name(nearest)}?" : "";
        throw new DataFormatException($"{Quoted.Name(_path)} has no array {Quoted.Name(name)}; {holds}.{hint}");
    }

    private string Label(string name) => $"{Quoted.Name(_path)}, array {Quoted.Name(name)}";
}
