using OwnMethod;

namespace Retrodict.Tests.Solvers;

/// <summary>The method of samples/OwnMethod, made of public parts alone, keeps what the library's own methods keep.</summary>
public sealed class OwnMethodContract : FirstOrderContract
{
    protected override Solver Solver { get; } = new BarzilaiBorwein();

    protected override bool MayIgnoreADerivative => true;

    protected override bool IsIndifferentToUnits => false;

    protected override bool IsMonotone => false;

    protected override bool MayStallAtRounding => true;
}
