namespace Retrodict.Data;

/// <summary>Reads and writes NumPy's NPY files: one array each. <see cref="NpyHeader"/> describes the format.</summary>
/// <remarks>
/// Reading knows versions 1.0 to 3.0, both byte orders and both element orders, and the types of <see cref="NumpyType"/>; everything else
/// (objects, which can run code when Python reads them, records, texts, complex numbers) is refused. Writing is in row-major order, to a
/// temporary file that then takes the file's place.
/// </remarks>
public static class NpyFile
{
    /// <summary>The bytes every NPY file begins with.</summary>
    internal static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="limits">What the file may ask for; <see cref="NumpyLimits.Default"/> where null.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="DataFormatException">The file is not an NPY file, is damaged, or is beyond the limits.</exception>
    public static NumpyArray Read(string path, NumpyLimits? limits = null)
    {
        using FileStream stream = DataFile.OpenRead(path);
        return Read(stream, path, limits);
    }

    /// <summary>Reads one array from a stream's current position to its end.</summary>
    /// <param name="stream">The stream; it is left open.</param>
    /// <param name="name">Names the stream in error messages.</param>
    /// <param name="limits">What the array may ask for; <see cref="NumpyLimits.Default"/> where null.</param>
    /// <exception cref="DataFormatException">The stream holds something other than one array, is damaged, or is beyond the
    /// limits.</exception>
    public static NumpyArray Read(Stream stream, string name, NumpyLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(name);
        long? available = stream.CanSeek ? stream.Length - stream.Position : null;
        return new NpyReader(stream, Quoted.Name(name), limits ?? NumpyLimits.Default).ReadArray(available, trusted: true);
    }

    /// <summary>Reads the type and shape of a file's array without its elements.</summary>
    /// <param name="path">The file.</param>
    /// <param name="limits">What the file may ask for; <see cref="NumpyLimits.Default"/> where null.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="DataFormatException">The file does not begin with the header of an array, or asks for more than the limits
    /// allow.</exception>
    public static NpyHeader ReadHeader(string path, NumpyLimits? limits = null)
    {
        using FileStream stream = DataFile.OpenRead(path);
        return new NpyReader(stream, Quoted.Name(path), limits ?? NumpyLimits.Default).ReadHeader();
    }

    /// <summary>Writes a file; an old file of that name stays whole until the new one is complete.</summary>
    /// <param name="path">The file.</param>
    /// <param name="array">The array.</param>
    public static void Write(string path, NumpyArray array)
    {
        ArgumentNullException.ThrowIfNull(array);
        AtomicFile.Write(path, stream => NpyWriter.Write(stream, array));
    }

    /// <summary>Writes an array to a stream.</summary>
    /// <param name="stream">The stream; it is left open.</param>
    /// <param name="array">The array.</param>
    public static void Write(Stream stream, NumpyArray array)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(array);
        NpyWriter.Write(stream, array);
    }
}
