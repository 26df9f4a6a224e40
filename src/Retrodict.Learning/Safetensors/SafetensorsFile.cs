using Retrodict.Data;

namespace Retrodict.Learning;

/// <summary>The tensors and texts of a file in the safetensors format.</summary>
/// <remarks>
/// The format (Hugging Face, "safetensors", version 0.4): eight bytes with the length of the header, little-endian; the header, a JSON
/// object in UTF-8 that gives each tensor's <c>dtype</c>, <c>shape</c> and <c>data_offsets</c>, and texts under <c>__metadata__</c>, with
/// spaces at its end; then the elements, which the tensors cover without gaps or overlaps. Nothing in it can run. Everything that departs
/// from this is refused with what is wrong.
/// </remarks>
public sealed class SafetensorsFile
{
    private readonly Dictionary<string, SafetensorsTensor> _byName = new(StringComparer.Ordinal);
    private readonly string _label;

    /// <summary>A file's content.</summary>
    /// <param name="tensors">The tensors; names must differ.</param>
    /// <param name="metadata">Texts by name; null for none.</param>
    /// <exception cref="ArgumentException">Two tensors have one name, or a tensor is called <c>__metadata__</c>.</exception>
    public SafetensorsFile(IEnumerable<SafetensorsTensor> tensors, IReadOnlyDictionary<string, string>? metadata = null)
        : this("the file", tensors, metadata)
    {
    }

    internal SafetensorsFile(string label, IEnumerable<SafetensorsTensor> tensors, IReadOnlyDictionary<string, string>? metadata)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        _label = label;
        Tensors = [.. tensors];
        Metadata = metadata ?? new Dictionary<string, string>();
        foreach (SafetensorsTensor tensor in Tensors)
        {
            if (tensor.Name == SafetensorsHeader.MetadataName || !_byName.TryAdd(tensor.Name, tensor))
            {
                throw new ArgumentException($"Two tensors are called '{tensor.Name}', or it is the name of the metadata.", nameof(tensors));
            }
        }
    }

    /// <summary>The tensors, in the order of their places in the file.</summary>
    public IReadOnlyList<SafetensorsTensor> Tensors { get; }

    /// <summary>Texts by name.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>The tensor of a name.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="DataFormatException">There is no such tensor; the message lists those there are.</exception>
    public SafetensorsTensor this[string name] => _byName.TryGetValue(name, out SafetensorsTensor? tensor)
        ? tensor
        : throw new DataFormatException(
            $"{_label} has no tensor called {Quoted.Name(name)}; it has: {Quoted.List([.. Tensors.Select(t => t.Name)])}.");

    /// <summary>Whether there is a tensor of a name.</summary>
    /// <param name="name">The name.</param>
    public bool Contains(string name) => _byName.ContainsKey(name);

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="limits">What the file may ask for; <see cref="SafetensorsLimits.Default"/> where null.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="DataFormatException">The file is not in the format, is damaged, or is beyond the limits.</exception>
    public static SafetensorsFile Read(string path, SafetensorsLimits? limits = null)
    {
        using FileStream stream = DataFile.OpenRead(path);
        return Read(stream, path, limits);
    }

    /// <summary>Reads from a stream's current position to its end.</summary>
    /// <param name="stream">The stream; it is left open.</param>
    /// <param name="name">Names the stream in error messages.</param>
    /// <param name="limits">What the file may ask for; <see cref="SafetensorsLimits.Default"/> where null.</param>
    /// <exception cref="DataFormatException">The stream holds something else, is damaged, or is beyond the limits.</exception>
    public static SafetensorsFile Read(Stream stream, string name, SafetensorsLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(name);
        return new SafetensorsReader(stream, Quoted.Name(name), limits ?? SafetensorsLimits.Default).Read();
    }

    /// <summary>
    /// Writes a file; an old file of that name stays whole until the new one is complete. The same content gives the same bytes.
    /// </summary>
    /// <param name="path">The file.</param>
    public void Write(string path) => AtomicFile.Write(path, Write);

    /// <summary>Writes to a stream.</summary>
    /// <param name="stream">The stream; it is left open.</param>
    public void Write(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        SafetensorsWriter.Write(stream, Tensors, Metadata);
    }
}
