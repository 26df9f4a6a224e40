using Retrodict.Data;

namespace Retrodict.Catalogue.Tests;

/// <summary>
/// Numbers of one run of the published implementation of heat-1d (seed 7): <c>x_mean</c> and <c>x_std</c> of its 4000 training unknowns,
/// <c>y_mean</c> and <c>y_std</c> of their noise-free observations, and the first five rows of its test set, <c>x_test</c> and
/// <c>y_test</c> (noisy).
/// </summary>
internal static class Published
{
    public static double[] Load(string array)
    {
        using NpzFile file = NpzFile.Open(Path.Combine(AppContext.BaseDirectory, "fixtures", "heat-1d-published.npz"));
        return file[array].ToDoubles();
    }
}
