using System.Globalization;
using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Retrodict.Catalogue;

namespace Retrodict.Cli.Tests.Documentation;

/// <summary>The C# of README and docs compiles, runs, and prints what the page says it prints.</summary>
[Collection(nameof(ConsoleUsers))]
public sealed class SnippetTests
{
    private const string ImplicitUsings =
        "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; global using "
            + "System.Threading; global using System.Threading.Tasks;";

    /// <summary>A type of each library that pages may use.</summary>
    private static readonly Type[] _libraries =
    [
        typeof(Autodiff.Value),
        typeof(InverseProblem),
        typeof(Learning.DeceptronModel),
        typeof(ProblemCatalogue),
        typeof(Comparison.TrainingRecipe),
    ];

    public static TheoryData<string> PagesWithCode() => new(Page.Names().Where(name => Page.Read(name).Program.Trim().Length > 0));

    [Fact]
    public void The_readme_has_code() => Assert.Contains("README.md", PagesWithCode().Select(row => row.Data));

    [Theory]
    [MemberData(nameof(PagesWithCode))]
    public void Snippets_compile_and_run_and_print_what_they_say(string name)
    {
        Page page = Page.Read(name);
        string output = Run(Compile(name, page.Program), page);
        foreach (string line in page.ExpectedOutput.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            Assert.Contains(line.Trim(), output);
        }
    }

    private static MemoryStream Compile(string name, string program)
    {
        // The runtime's own assemblies and the libraries a user references.
        string runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        IEnumerable<string> references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => path.StartsWith(runtime, StringComparison.Ordinal))
            .Concat(_libraries.Select(type => type.Assembly.Location));
        CSharpCompilation compilation = CSharpCompilation.Create(
            Path.GetFileNameWithoutExtension(name),
            [CSharpSyntaxTree.ParseText(ImplicitUsings), CSharpSyntaxTree.ParseText(program, path: name)],
            references.Select(path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable));
        var image = new MemoryStream();
        Microsoft.CodeAnalysis.Emit.EmitResult result = compilation.Emit(image);
        Assert.True(
            result.Success,
            $"{name}:\n{string.Join('\n', result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error))}\n{program}");
        image.Position = 0;
        return image;
    }

    private static string Run(MemoryStream image, Page page)
    {
        MethodInfo main = new AssemblyLoadContext("snippet").LoadFromStream(image).EntryPoint!;
        TextWriter console = Console.Out;
        string folder = Directory.GetCurrentDirectory();
        DirectoryInfo own = Directory.CreateTempSubdirectory("retrodict-snippet-");
        using var output = new StringWriter();
        CultureInfo culture = CultureInfo.CurrentCulture;
        try
        {
            // Pages print numbers as most readers write them.
            CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
            Console.SetOut(output);
            Directory.SetCurrentDirectory(own.FullName);
            page.WriteFiles(own.FullName);
            object?[] arguments = main.GetParameters().Length == 0 ? [] : [Array.Empty<string>()];
            if (main.Invoke(null, arguments) is Task task)
            {
                task.GetAwaiter().GetResult();
            }
        }
        finally
        {
            Console.SetOut(console);
            CultureInfo.CurrentCulture = culture;
            Directory.SetCurrentDirectory(folder);
            own.Delete(recursive: true);
        }

        return output.ToString();
    }
}
