namespace Retrodict.Autodiff.Tests.Laws;

/// <summary>Derivatives of every primitive inside a branch that is not taken are zero, whatever it computes with there.</summary>
public class UntakenPrimitiveTests
{
    public static TheoryData<string> Cases => PrimitiveCases.Names;

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_primitive_in_a_branch_not_taken_contributes_nothing(string name)
    {
        foreach (string spoiler in UntakenBranchLaw.Spoilers.Keys)
        {
            UntakenBranchLaw.Check(PrimitiveCases.Named(name), spoiler);
        }
    }
}
