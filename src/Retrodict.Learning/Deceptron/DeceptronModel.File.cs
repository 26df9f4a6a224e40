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
    /// <exception cref="DataFormatException">
    /// It is no safetensors file, no model of this library, of a newer version, or damaged; the message says where.
    /// </exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static DeceptronModel Load(string path) => ModelFile.Read(path);

    /// <summary>
    /// Makes a model of weights that were trained elsewhere: a NumPy archive with one array a parameter, under the names that PyTorch's
    /// <c>state_dict</c> has. Forward weights are taken where there are any; <c>y_mean</c> and <c>y_std</c> [m] where there are both, else
    /// observations are standardized already.
    /// </summary>
    /// <param name="file">
    /// The archive, with arrays such as <c>reverse_map.network.0.weight</c>; dense weights are [outputs, inputs].
    /// </param>
    /// <param name="architecture">How the networks are built.</param>
    /// <param name="shapes">The shapes of x and y.</param>
    /// <param name="prefix">What stands in front of the names of weights, for instance <c>plus.</c>; empty for nothing.</param>
    /// <exception cref="DataFormatException">
    /// An array is missing, has another shape, or an element that is not finite; the message says which and what there is.
    /// </exception>
    public static DeceptronModel Import(NpzFile file, Architecture architecture, ModelShapes shapes, string prefix = "")
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(architecture);
        ArgumentNullException.ThrowIfNull(shapes);
        ArgumentNullException.ThrowIfNull(prefix);
        return PublishedWeights.Read(file, architecture, shapes, prefix);
    }
}
