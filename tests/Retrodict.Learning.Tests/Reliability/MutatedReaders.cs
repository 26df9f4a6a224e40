using System.Text;
using Retrodict.Autodiff;
using Retrodict.Data;
using Retrodict.Expressions;

namespace Retrodict.Reliability;

/// <summary>All readers of the library, each with valid inputs to damage and the exceptions that its documentation names.</summary>
internal static class MutatedReaders
{
    private static readonly string[] _formulas =
    [
        "a*exp(-k*t)+c", "Vm*conc/(K+conc)", "if(t < 1, a, b*t^2)", "max(a-t, 0)^b", "erf((t-m)/s)", "-a**2^3", "\"Time (s)\"*k",
        "a*exp(-((t-m)/s)^2/2)+log1p(abs(t))", "pow(a, 1.5e-3) + min(t, a, 2)", "((((t))))",
    ];

    private static readonly string[] _tables =
    [
        "t,y\n0,1\n1,2.5\n2,3.25\n", "t;y\n0,5;1,25\n1,5;2,5\n", "# a comment\nTime (s),Signal,sigma\ns,mV,mV\n0,1.0,0.1\n1,NA,0.2\n",
        "a b c\n4 5 6\n7 8 9\n", "t\ty\n1.5D+3\t-2\n1e-5\t\u22123\n", "\"t\",\"y \"\"a\"\"\"\n1,2,\n3,4,\n",
        "t,y\r\n2026-11-30,1\r\n2026-12-01,2\r\n",
    ];

    /// <summary>The readers.</summary>
    /// <param name="folder">An existing folder for the files of those that read only files.</param>
    public static IReadOnlyList<MutatedReader> All(string folder)
    {
        return
        [
            new("npy", [.. Arrays().Select(Npy)], bytes => Use(NpyFile.Read(new MemoryStream(bytes), "input")), IsFormat),
            new("npz", [Npz(false), Npz(true)], bytes => UseArchive(Written(bytes, In(folder, "npz"))), IsFormat),
            new("npz, damaged inside", [.. Arrays().Select(Npy)], bytes => UseArchive(Wrapped(bytes, In(folder, "inside"))), IsFormat),
            new("csv", [.. _tables.Select(Encoding.UTF8.GetBytes)], bytes => UseTable(bytes), IsFormat),
            new("formula", [.. _formulas.Select(Encoding.UTF8.GetBytes)], UseFormula, e => e is ExpressionException),
            new("address", Addresses(folder), bytes => UseAddress(bytes, folder), IsFile),
            .. LearnedReaders.All(folder),
        ];
    }

    /// <summary>A file of one reader's own, since readers may run at the same time.</summary>
    public static string In(string folder, string reader) => Path.Combine(folder, $"input of {reader}");

    /// <summary>Whether an exception says that a file is not what it should be.</summary>
    public static bool IsFormat(Exception e) => e is DataFormatException;

    /// <summary>Writes bytes into a file and gives its path.</summary>
    public static string Written(byte[] bytes, string path)
    {
        File.WriteAllBytes(path, bytes);
        return path;
    }

    // Paths that users mistype may lead nowhere, into folders, or where they must not look.
    private static bool IsFile(Exception e) => e is IOException or UnauthorizedAccessException;

    private static IEnumerable<NumpyArray> Arrays() =>
    [
        NumpyArray.Create<double>([1, 2, 3, 4, 5, 6], [2, 3]),
        NumpyArray.Create<float>([1, 2, 3], [3]),
        NumpyArray.Create<double>([7], []),
        NumpyArray.Create<int>([1, -2, 3, -4], [2, 1, 2]),
    ];

    private static byte[] Npy(NumpyArray array)
    {
        using var stream = new MemoryStream();
        NpyFile.Write(stream, array);
        return stream.ToArray();
    }

    private static byte[] Npz(bool compressed)
    {
        string path = Path.GetTempFileName();
        try
        {
            NpzFile.Write(path, [.. Arrays().Index().Select(pair => ($"a{pair.Index}", pair.Item))], compressed);
            return File.ReadAllBytes(path);
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>Damage inside of an archive whose checksums are right.</summary>
    private static string Wrapped(byte[] entry, string path)
    {
        using FileStream file = File.Create(path);
        using var archive = new System.IO.Compression.ZipArchive(file, System.IO.Compression.ZipArchiveMode.Create);
        using Stream stream = archive.CreateEntry("x.npy", System.IO.Compression.CompressionLevel.NoCompression).Open();
        stream.Write(entry);
        return path;
    }

    private static void Use(NumpyArray array)
    {
        _ = array.RowLength;
        _ = array.ToDoubles();
    }

    private static void UseArchive(string path)
    {
        using NpzFile file = NpzFile.Open(path);
        foreach (string name in file.Names)
        {
            _ = file.ReadHeader(name);
            Use(file[name]);
        }
    }

    private static void UseTable(byte[] bytes)
    {
        DataColumns columns = CsvFile.Read(new MemoryStream(bytes), "input");
        _ = columns.Remarks.Count;
    }

    private static void UseFormula(byte[] bytes)
    {
        var expression = Expression.Parse(Encoding.UTF8.GetString(bytes));
        string[] names = [.. expression.Names];
        if (names.Length == 0)
        {
            return;
        }

        // One long vector holds the values of all names, as parameters of a fit do.
        _ = Function.Trace(x => expression.Apply(name => x[Array.IndexOf(names, name)]), names.Length).Compile<double>()
            .Evaluate(new double[names.Length]);
    }

    private static IReadOnlyList<byte[]> Addresses(string folder)
    {
        NpyFile.Write(Path.Combine(folder, "a.npy"), Arrays().First());
        NpzFile.Write(Path.Combine(folder, "b.npz"), [("x", Arrays().First())], compressed: false);
        return [.. new[] { "a.npy", "b.npz:x", "./b.npz:x", "./a.npy" }.Select(Encoding.UTF8.GetBytes)];
    }

    private static void UseAddress(byte[] bytes, string folder)
    {
        string address = Encoding.UTF8.GetString(bytes);

        // What leads out of the folder could be anything on a machine, also a device that never ends.
        string plain = address.Replace("..", ".", StringComparison.Ordinal).TrimStart('/', '~');
        Use(NumpySource.Load(plain.Length == 0 ? "a.npy" : $"{folder}/{plain}"));
    }
}
