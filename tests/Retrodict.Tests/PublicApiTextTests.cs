using Retrodict.Tests.Shared;

namespace Retrodict.Tests;

public class PublicApiTextTests
{
    [Fact]
    public void A_type_is_written_with_its_members_in_order() => Assert.Equal(
        [
            "class Retrodict.Tests.Sample<T> : SampleBase, IDisposable where T : unmanaged",
            "  constant Limit: int = 3",
            "  constructor(int size = 2)",
            "  event Changed: EventHandler",
            "  method Dispose() -> void",
            "  method Map<TOther>(ref T x, out TOther[,] y, params ReadOnlySpan<int> rest) -> (T, int?) where TOther : class, new()",
            "  override method ToString() -> string",
            "  property Item[int index]: List<T> { get; }",
            "  property Set: double { get; set; }",
            "  protected virtual method Hook() -> void",
            "  required property Name: string { get; init; }",
            "  static readonly field Empty: T[]",
        ],
        PublicApiText.Of(typeof(Sample<>)));

    [Fact]
    public void Records_show_what_was_written_and_not_what_the_compiler_adds() => Assert.Equal(
        ["readonly struct Retrodict.Tests.Pair : IEquatable<Pair>", "  constructor(double Left, double Right)",
            "  property Left: double { get; init; }", "  property Right: double { get; init; }"],
        PublicApiText.Of(typeof(Pair)));

    [Fact]
    public void Enumerations_and_delegates_are_written()
    {
        Assert.Equal(
            ["enum Retrodict.Tests.Color", "  constant Blue: Color = 4", "  constant Red: Color = 0"], PublicApiText.Of(typeof(Color)));
        Assert.Equal(["delegate Retrodict.Tests.Map(in double x) -> bool"], PublicApiText.Of(typeof(Map)));
    }

    [Fact]
    public void A_difference_names_the_type_and_both_sides()
    {
        string[] before = ["class A", "  method F() -> void", "class B", "  method F() -> void"];
        string[] after = ["class A", "  method F() -> void", "class B", "  method F() -> int", "class C"];
        Assert.Equal(
            "- class B | method F() -> void\n+ class B | method F() -> int\n+ class C\n".Split('\n').Order(),
            PublicApi.Difference(before, after)!.Split('\n').Order());
        Assert.Null(PublicApi.Difference(before, before));
    }
}

public abstract class SampleBase
{
    internal int Hidden { get; set; }
}

public class Sample<T>(int size = 2) : SampleBase, IDisposable
    where T : unmanaged
{
    public const int Limit = 3;

    public static readonly T[] Empty = [];

    public event EventHandler? Changed;

    public required string Name { get; init; }

    public double Set { get; set; } = size;

    public List<T> this[int index] => [];

    public (T First, int? Second) Map<TOther>(ref T x, out TOther[,] y, params ReadOnlySpan<int> rest)
        where TOther : class, new()
    {
        y = new TOther[1, 1];
        return (x, rest.Length);
    }

    public void Dispose()
    {
        Changed?.Invoke(this, EventArgs.Empty);
        GC.SuppressFinalize(this);
    }

    public override string ToString() => "";

    protected virtual void Hook()
    {
    }

    private protected void Inside()
    {
    }
}

public readonly record struct Pair(double Left, double Right);

public enum Color
{
    Red,
    Blue = 4,
}

public delegate bool Map(in double x);
