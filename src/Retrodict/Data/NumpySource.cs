namespace Retrodict.Data;

/// <summary>Arrays by address: <c>FILE.npy</c> for the array in an NPY file, <c>FILE.npz:ARRAY</c> for one of those in an NPZ
/// file.</summary>
public static class NumpySource
{
    private const string ArchiveExtension = ".npz";

    /// <summary>Loads the array at an address.</summary>
    /// <param name="address">
    /// A file's path, or a path, a colon and an array's name. The whole address is a path where such a file exists. Otherwise it is divided
    /// at the last colon before which stands an existing file or a path that ends in <c>.npz</c>, so paths may hold colons.
    /// </param>
    /// <param name="limits">What the array may ask for; <see cref="NumpyLimits.Default"/> where null.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="DataFormatException">
    /// The file is damaged, of an unsupported kind or beyond the limits; it is an NPZ file and the address names none of its arrays; or it
    /// is an NPY file and the address names an array in it.
    /// </exception>
    public static NumpyArray Load(string address, NumpyLimits? limits = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(address);
        (string path, string? name) = Divide(address);
        if (!IsArchive(path))
        {
            return name is null
                ? NpyFile.Read(path, limits)
                : throw new DataFormatException($"{Quoted.Name(path)} is not an NPZ archive, so it has no array " +
                    $"{Quoted.Name(name)}; leave out ':{Quoted.Plain(name)}'.");
        }

        using NpzFile archive = NpzFile.Open(path, limits);
        return !string.IsNullOrEmpty(name)
            ? archive.Load(name)
            : throw new DataFormatException(
                $"{Quoted.Name(path)} is an archive of arrays " +
                    $"({(archive.Names.Count == 0 ? "it holds none" : Quoted.List(archive.Names))}); " +
                    $"name one of them as {Quoted.Plain(path)}:ARRAY.");
    }

    private static (string Path, string? Name) Divide(string address)
    {
        if (File.Exists(address))
        {
            return (address, null);
        }

        for (int colon = address.LastIndexOf(':'); colon > 0; colon = address.LastIndexOf(':', colon - 1))
        {
            string path = address[..colon];
            if (File.Exists(path) || path.EndsWith(ArchiveExtension, StringComparison.OrdinalIgnoreCase))
            {
                return (path, address[(colon + 1)..]);
            }
        }

        return (address, null);
    }

    private static bool IsArchive(string path)
    {
        if (path.EndsWith(ArchiveExtension, StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        using FileStream stream = DataFile.OpenRead(path);
        return stream.CanSeek && stream.ReadByte() == 'P' && stream.ReadByte() == 'K';
    }
}
