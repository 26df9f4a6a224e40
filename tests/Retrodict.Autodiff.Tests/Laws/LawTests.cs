namespace Retrodict.Autodiff.Tests.Laws;

/// <summary>Every law on every case of the catalogue.</summary>
public class LawTests
{
    public static TheoryData<string> Cases => PrimitiveCases.Names;

    [Theory]
    [MemberData(nameof(Cases))]
    public void Forward_mode_equals_differences_three_derivatives_deep(string name) =>
        Each(name, ["", "J", "V", "JJ", "JV", "VJ", "VV"], DifferenceLaw.Check);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Reverse_mode_is_the_adjoint_of_forward_mode_three_derivatives_deep(string name) =>
        Each(name, ["", "J", "V", "JJ", "JV", "VJ", "VV"], static (subject, random) => AdjointLaw.Check(subject, random));

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_linear_part_and_its_transpose_equal_forward_and_reverse_mode(string name) =>
        Each(name, ["", "J", "V"], LinearizationLaw.Check);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Second_derivatives_are_symmetric_and_agree_in_all_orders_of_modes(string name) => Each(name, [""], SecondOrderLaw.Check);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Jacobians_equal_stacked_products_in_both_directions(string name) => Each(name, ["", "V"], JacobianLaw.Check);

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_batch_over_any_inputs_equals_a_loop(string name) => Each(name, ["", "J", "V", "VJ"], BatchLaw.CheckSubsets);

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_batch_of_none_or_one_equals_a_loop(string name) => Each(name, ["", "J", "V"], static (subject, random) =>
    {
        bool[] all = [.. subject.Domains.Select(_ => true)];
        BatchLaw.Check(subject, 0, all, random);
        BatchLaw.Check(subject, 1, all, random);
    });

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_batch_of_batches_equals_a_loop(string name) => Each(name, ["", "V"], BatchLaw.CheckBatchOfBatch);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Derivatives_of_a_batch_obey_the_laws(string name)
    {
        PrimitiveCase c = PrimitiveCases.Named(name);
        Subject subject = c.Subject();
        Random random = c.Random("derivatives of a batch");
        Subject batch = subject with { Function = subject.Function.Batch(2) };
        DifferenceLaw.Check(batch, random);
        AdjointLaw.Check(batch, random);
        AdjointLaw.Check(batch.Derive("V"), random);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Simplified_programs_compute_the_same(string name) => Each(name, ["", "J", "V", "VJ", "JV"], SimplificationLaw.Check);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Fused_programs_have_the_same_bits(string name)
    {
        Each(name, ["", "J", "V", "VJ", "JV"], FusionLaw.Check);
        PrimitiveCase c = PrimitiveCases.Named(name);
        Subject subject = c.Subject().Derive("V");
        FusionLaw.Check(subject with { Function = subject.Function.Batch(3) }, c.Random("fusion of a batch"));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Simplifying_twice_changes_nothing_more(string name) =>
        Each(name, ["", "J", "V", "VJ"], static (subject, _) => SimplificationLaw.CheckTwice(subject));

    [Theory]
    [MemberData(nameof(Cases))]
    public void Derivatives_of_simplified_programs_are_the_same(string name)
    {
        PrimitiveCase c = PrimitiveCases.Named(name);
        Subject subject = c.Subject();
        double[][] point = subject.Derive("V").SamplePoint(c.Random("simplify"));
        Numbers.AssertClose(
            "reverse mode of the simplified program", Numbers.Run(subject.Function.Vjp(), point),
            Numbers.Run(subject.Function.Simplify().Vjp(), point), 1e-12);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Float_agrees_with_double(string name) =>
        Each(name, ["", "J", "V"], static (subject, random) => PrecisionLaw.Check(subject, random, 1e-5));

    [Theory]
    [MemberData(nameof(Cases))]
    public void Programs_print_their_primitives_the_same_every_time(string name)
    {
        PrimitiveCase c = PrimitiveCases.Named(name);
        Function function = c.Trace();
        string text = function.ToString();
        Assert.Equal(text, c.Trace().ToString());
        Assert.All(function.Nodes, node => Assert.Contains(node.Primitive.Name, text, StringComparison.Ordinal));
        Assert.Equal(Lines(function), text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);

        // A line for the function and each node, and the bodies that nodes carry.
        static int Lines(Function function) => 1 + function.Nodes.Sum(node => 1 + node.Primitive.Bodies.Sum(Lines));
    }

    private static void Each(string name, string[] modes, Action<Subject, Random> law)
    {
        PrimitiveCase c = PrimitiveCases.Named(name);
        Subject subject = c.Subject();
        foreach (string mode in modes)
        {
            try
            {
                law(subject.Derive(mode), c.Random(mode));
            }
            catch (Exception failure) when (mode.Length > 0)
            {
                throw new Xunit.Sdk.XunitException($"After {mode}: {failure.Message}", failure);
            }
        }
    }
}
