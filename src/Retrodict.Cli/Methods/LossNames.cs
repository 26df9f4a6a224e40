namespace Retrodict.Cli.Methods;

/// <summary>The losses by name.</summary>
internal static class LossNames
{
    /// <summary>Plain least squares.</summary>
    public const string Linear = "linear";

    public static IReadOnlyList<string> All { get; } = [Linear, "huber", "soft-l1", "cauchy", "arctan", "tukey"];

    /// <param name="name">The name.</param>
    /// <param name="scale">c, in units of the noise; null for the loss's own.</param>
    /// <returns>The loss; null for plain least squares.</returns>
    public static RobustLoss? Create(string name, double? scale) => (name, scale) switch
    {
        (Linear, _) => null,
        ("huber", null) => new HuberLoss(),
        ("huber", { } c) => new HuberLoss(c),
        ("soft-l1", null) => new SoftL1Loss(),
        ("soft-l1", { } c) => new SoftL1Loss(c),
        ("cauchy", null) => new CauchyLoss(),
        ("cauchy", { } c) => new CauchyLoss(c),
        ("arctan", null) => new ArctanLoss(),
        ("arctan", { } c) => new ArctanLoss(c),
        ("tukey", null) => new TukeyLoss(),
        ("tukey", { } c) => new TukeyLoss(c),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "There is no such loss."),
    };

    public static string Of(RobustLoss loss) => loss switch
    {
        HuberLoss => "huber",
        SoftL1Loss => "soft-l1",
        CauchyLoss => "cauchy",
        ArctanLoss => "arctan",
        TukeyLoss => "tukey",
        _ => throw new ArgumentOutOfRangeException(nameof(loss), loss, "The loss has no name."),
    };
}
