using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Retrodict.Architecture.Tests;

/// <summary>The sources of one project under <c>src</c>, bound by the compiler against the built assemblies of the projects below it.</summary>
internal sealed class ProjectSources
{
    private const string ImplicitUsings =
        "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; "
        + "global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks;";

    private readonly string _folder;
    private readonly CSharpCompilation _compilation;

    /// <param name="root">The repository's root.</param>
    /// <param name="project">The project's name.</param>
    public ProjectSources(string root, string project)
    {
        Project = project;
        _folder = Path.Combine(root, "src", project);
        Files = [.. Directory.EnumerateFiles(_folder, "*.cs", SearchOption.AllDirectories).Where(IsSource).Order(StringComparer.Ordinal)];
        var options = new CSharpParseOptions(LanguageVersion.Preview);
        _compilation = CSharpCompilation.Create(
            project,
            Files.Select(file => CSharpSyntaxTree.ParseText(File.ReadAllText(file), options, file))
                .Append(CSharpSyntaxTree.ParseText(ImplicitUsings, options)),
            References(project),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable));
    }

    /// <summary>The project's name.</summary>
    public string Project { get; }

    /// <summary>Its source files.</summary>
    public IReadOnlyList<string> Files { get; }

    /// <summary>The folder graph.</summary>
    public FolderGraph Graph() => new([.. Files.Select(Folder).Distinct()], References());

    /// <summary>The folder of a file, relative to the project.</summary>
    public string Folder(string file) => Path.GetRelativePath(_folder, Path.GetDirectoryName(file)!) is var folder && folder == "." ? "" : folder.Replace('\\', '/');

    private IEnumerable<Reference> References()
    {
        foreach (SyntaxTree tree in _compilation.SyntaxTrees.Where(tree => tree.FilePath.Length > 0))
        {
            SemanticModel model = _compilation.GetSemanticModel(tree);
            foreach (SimpleNameSyntax name in tree.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>())
            {
                if (Declared(model.GetSymbolInfo(name)) is not { } type)
                {
                    continue;
                }

                // A type in several files (partial) is used by its name in whichever of them is nearest: its own folder if it has a part there.
                string[] folders = [.. type.DeclaringSyntaxReferences.Select(part => Folder(part.SyntaxTree.FilePath)).Distinct()];
                string from = Folder(tree.FilePath);
                if (folders.Length > 0 && !folders.Contains(from))
                {
                    int line = name.GetLocation().GetLineSpan().StartLinePosition.Line + 1;
                    yield return new Reference(from, folders[0], Path.GetFileName(tree.FilePath), line, type.Name);
                }
            }
        }
    }

    /// <summary>The outermost type of this project that declares what a name means; null if it is not of this project.</summary>
    private INamedTypeSymbol? Declared(SymbolInfo info)
    {
        ISymbol? symbol = info.Symbol ?? info.CandidateSymbols.FirstOrDefault();
        symbol = (symbol as IMethodSymbol)?.ReducedFrom ?? symbol;
        INamedTypeSymbol? type = symbol?.OriginalDefinition as INamedTypeSymbol ?? symbol?.ContainingType;
        while (type?.ContainingType is { } outer)
        {
            type = outer;
        }

        return type is not null && SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, _compilation.Assembly) ? type.OriginalDefinition : null;
    }

    private static bool IsSource(string file) => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin");

    private static IEnumerable<MetadataReference> References(string project) =>
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileNameWithoutExtension(path) is var name && name != project && !name.EndsWith(".Tests", StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path));
}
