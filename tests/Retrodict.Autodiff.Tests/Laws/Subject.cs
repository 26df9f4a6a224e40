namespace Retrodict.Autodiff.Tests.Laws;

/// <summary>A function under test and where to sample each of its inputs. Derivatives of a subject are subjects again.</summary>
/// <param name="Function">The function.</param>
/// <param name="Domains">One domain an input.</param>
/// <param name="HasTrueDerivatives">Whether differences must agree with the derivatives; not so with stopped gradients.</param>
internal sealed record Subject(Function Function, Domain[] Domains, bool HasTrueDerivatives = true)
{
    /// <summary>Applies transforms in the order of the letters: J forward mode, V reverse mode.</summary>
    public Subject Derive(string modes)
    {
        Subject subject = this;
        foreach (char mode in modes)
        {
            Function derived = mode == 'J' ? subject.Function.Jvp() : subject.Function.Vjp();
            subject = subject.With(derived);
        }

        return subject;
    }

    /// <summary>The same domains, with directions for the inputs that were added.</summary>
    public Subject With(Function function) =>
        this with { Function = function,
            Domains = [.. Domains, .. Enumerable.Repeat(Domain.Direction, function.Inputs.Count - Domains.Length)] };

    public double[][] SamplePoint(Random random) =>
        [.. Function.Inputs.Zip(Domains, (input, domain) => domain.Sample(random, input.Shape.ElementCount))];

    public static double[][] SampleDirection(IEnumerable<Variable> variables, Random random) =>
        [.. variables.Select(variable => Domain.Direction.Sample(random, variable.Shape.ElementCount))];
}
