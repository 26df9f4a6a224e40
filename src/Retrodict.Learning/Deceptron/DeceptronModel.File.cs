using Retrodict.Data;

namespace Retrodict.Learning;

/// <content>Files.</content>
public sealed partial record DeceptronModel
{
    /// <summary>Writes the model as a safetensors file. An old file of that name stays whole until the new one is complete.</summary>
    /// <param name="path">The file.</param>
    public void Save(string path) => ModelFile.Write(this, path);

    /// <summary>Reads a model that <see cref="Save"/> wrote.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="DataFormatException">It is no safetensors file, no model of this library, of a newer version, or damaged; the message says where.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static DeceptronModel Load(string path) => ModelFile.Read(path);
}
