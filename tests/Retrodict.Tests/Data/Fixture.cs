namespace Retrodict.Tests.Data;

/// <summary>The files that NumPy made (fixtures/make_fixtures.py).</summary>
internal static class Fixture
{
    public static string Path(string name) => System.IO.Path.Combine(AppContext.BaseDirectory, "Data", "fixtures", name);

    public static byte[] Bytes(string name) => File.ReadAllBytes(Path(name));
}
