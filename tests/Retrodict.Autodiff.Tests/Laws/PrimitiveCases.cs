using Retrodict.Autodiff.Primitives;

namespace Retrodict.Autodiff.Tests.Laws;

/// <summary>The catalogue of cases.</summary>
internal static partial class PrimitiveCases
{
    public static IReadOnlyList<PrimitiveCase> All { get; } =
        [
            .. Elementwise(), .. Compositions(), .. Structure(), .. Positions(), .. Reductions(), .. Contractions(), .. Solves(),
            .. MatrixFunctions(), .. OwnRules(), .. Loops(), .. Equations(), .. Fourier(), .. Convolutions(),
        ];

    private static readonly Dictionary<string, PrimitiveCase> _byName = All.ToDictionary(c => c.Name);

    public static TheoryData<string> Names => [.. All.Select(c => c.Name)];

    /// <summary>Where to add a case for a primitive.</summary>
    public static string FileOf(Type primitive) => primitive.IsSubclassOf(typeof(Elementwise))
        ? Operations.File
        : "the file PrimitiveCases.*.cs in tests/Retrodict.Autodiff.Tests/Laws that has the cases of its like";

    public static PrimitiveCase Named(string name) => _byName[name];

    private static PrimitiveCase Case(string name, Type covered, (Shape, Domain)[] inputs, Func<ValueList, Value> body) =>
        new(name, [covered], inputs, x => [body(x)]);

    private static PrimitiveCase Plain(string name, Type covered, Shape[] shapes, Func<ValueList, Value> body) =>
        Case(name, covered, [.. shapes.Select(shape => (shape, Domain.Plain))], body);
}
