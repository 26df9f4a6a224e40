using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Retrodict.Architecture.Tests;

/// <summary>
/// The sources of one project under <c>src</c>, bound by the compiler against the built assemblies of the projects below it.
/// </summary>
internal sealed class ProjectSources
{
    private const string ImplicitUsings =
        "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; "
        + "global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks;";

    private readonly string _folder;
    private readonly CSharpCompilation _compilation;

    /// <param name="project">The project's name.</param>
    public ProjectSources(string project)
    {
        Project = project;
        _folder = Path.Combine(Repository.Root, "src", project);
        Files = [.. Repository.Sources("src", project)];
        var options = new CSharpParseOptions(LanguageVersion.Preview);
        _compilation = CSharpCompilation.Create(
            project,
            Files.Select(file => CSharpSyntaxTree.ParseText(File.ReadAllText(file), options, file))
                .Append(CSharpSyntaxTree.ParseText(ImplicitUsings, options)),
            References(project),
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable));
    }

    /// <summary>The project's name.</summary>
    public string Project { get; }

    /// <summary>Its source files, with their full paths.</summary>
    public IReadOnlyList<string> Files { get; }

    /// <summary>Names that the compiler could not bind: with any, references would be missing.</summary>
    public IEnumerable<string> Unbound => _compilation.GetDiagnostics()
        .Where(diagnostic => diagnostic.Id is "CS0103" or "CS0246" or "CS0234" or "CS1061")
        .Select(diagnostic => diagnostic.ToString());

    /// <summary>The types that stand by themselves, with the file of each.</summary>
    public IEnumerable<(string Type, string File)> Types => _compilation.SyntaxTrees
        .SelectMany(tree => tree.GetRoot().DescendantNodes(node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax)
            .OfType<MemberDeclarationSyntax>()
            .Select(member => (Name: NameOf(member), tree.FilePath)))
        .Where(type => type.Name is not null)
        .Select(type => (type.Name!, type.FilePath));

    /// <summary>The folder graph.</summary>
    public FolderGraph Graph() => new([.. Files.Select(Folder).Distinct()], References());

    /// <summary>The folder of a file, relative to the project; empty at the top.</summary>
    public string Folder(string file)
    {
        string folder = Path.GetRelativePath(_folder, Path.GetDirectoryName(file)!);
        return folder == "." ? "" : folder.Replace('\\', '/');
    }

    private IEnumerable<Reference> References()
    {
        foreach (SyntaxTree tree in _compilation.SyntaxTrees.Where(tree => tree.FilePath.Length > 0))
        {
            SemanticModel model = _compilation.GetSemanticModel(tree);
            string from = Folder(tree.FilePath);
            foreach (SimpleNameSyntax name in tree.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>())
            {
                // A part of a type that stands in the user's own folder is what it means.
                if (Used(model.GetSymbolInfo(name)) is { } used
                    && FoldersOf(used) is { Count: > 0 } folders
                    && !folders.Contains(from))
                {
                    int line = name.GetLocation().GetLineSpan().StartLinePosition.Line + 1;
                    string type = used.ContainingType?.Name ?? used.Name;
                    yield return new Reference(from, folders[0], Path.GetFileName(tree.FilePath), line, type);
                }
            }
        }
    }

    /// <summary>The type or member of this project that a name means; null for all others.</summary>
    private ISymbol? Used(SymbolInfo info)
    {
        ISymbol? symbol = info.Symbol ?? info.CandidateSymbols.FirstOrDefault();
        symbol = ((symbol as IMethodSymbol)?.ReducedFrom ?? symbol)?.OriginalDefinition;
        if (symbol is null || !SymbolEqualityComparer.Default.Equals(symbol.ContainingAssembly, _compilation.Assembly))
        {
            return null;
        }

        // What the compiler writes of a type, such as its constructor or a record's members, stands where the type does.
        return symbol switch
        {
            INamedTypeSymbol => symbol,
            { ContainingType: null } => null,
            { DeclaringSyntaxReferences.Length: 0 } => symbol.ContainingType,
            _ => symbol,
        };
    }

    /// <summary>The folders that declare a symbol, that of a type's main file first.</summary>
    private List<string> FoldersOf(ISymbol symbol) =>
    [
        .. symbol.DeclaringSyntaxReferences
            .Select(part => part.SyntaxTree.FilePath)
            .OrderBy(file => Path.GetFileName(file).Length)
            .Select(Folder)
            .Distinct(),
    ];

    private static string? NameOf(MemberDeclarationSyntax member) => member switch
    {
        TypeDeclarationSyntax type => type.Identifier.Text,
        EnumDeclarationSyntax type => type.Identifier.Text,
        DelegateDeclarationSyntax type => type.Identifier.Text,
        _ => null,
    };

    private static IEnumerable<MetadataReference> References(string project) =>
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileNameWithoutExtension(path) is var name
                && !IsAbove(name, project)
                && !name.EndsWith(".Tests", StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path));

    /// <summary>The project itself and those above it would bind its names a second time.</summary>
    private static bool IsAbove(string assembly, string project) =>
        Rooms.Projects.SkipWhile(name => name != project).Contains(assembly);
}
