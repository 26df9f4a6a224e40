using Retrodict.Autodiff.Tests.Laws;

namespace Retrodict.Autodiff.Tests.Fourier;

/// <summary>Sine and cosine transforms: orthogonality, inverses, and what they are used for.</summary>
public class SineCosineTests
{
    public static TheoryData<bool, int, int> Cases
    {
        get
        {
            var cases = new TheoryData<bool, int, int>();
            foreach (int n in new[] { 1, 2, 3, 4, 7, 16, 17, 64, 66, 127 })
            {
                for (int type = 1; type <= 3; type++)
                {
                    cases.Add(true, type, n);
                    if (n > 1)
                    {
                        cases.Add(false, type, n);
                    }
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Orthonormal_transforms_are_orthogonal_matrices(bool sine, int type, int n)
    {
        double[] matrix = Matrix(sine, type, n, orthonormal: true);
        double[] inverse = Matrix(sine, type == 1 ? 1 : 5 - type, n, orthonormal: true);
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                double dot = 0;
                for (int k = 0; k < n; k++)
                {
                    dot += matrix[(i * n) + k] * matrix[(j * n) + k];
                }

                Assert.Equal(i == j ? 1 : 0, dot, 1e-13);
                Assert.Equal(matrix[(i * n) + j], inverse[(j * n) + i], 1e-14);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Types_one_are_their_own_inverses_and_types_two_and_three_each_others(bool sine, int type, int n)
    {
        double factor = type > 1 ? 2 * n : sine ? 2 * (n + 1) : 2 * (n - 1);
        double[] x = Domain.Plain.Sample(new Random(n), 3 * n);
        Function f = Function.Trace(
            v => Transform(sine, type == 1 ? 1 : 5 - type, Transform(sine, type, v, false), false) / factor, [3, n]);
        Numbers.AssertClose("there and back", x, Numbers.Run(f, x)[0], 1e-14);
        Function g = Function.Trace(v => Transform(sine, type == 1 ? 1 : 5 - type, Transform(sine, type, v, true), true), [3, n]);
        Numbers.AssertClose("orthonormal there and back", x, Numbers.Run(g, x)[0], 1e-14);
    }

    [Fact]
    public void Numbers_worked_out_by_hand()
    {
        Numbers.AssertClose("dct 1", [1 + 4 + 3, 1 - 3, 1 - 4 + 3], Run(false, 1, 1, 2, 3), 1e-15);
        Numbers.AssertClose("dct 2", [2 * 3, 2 * (1 - 2) * Math.Sqrt(0.5)], Run(false, 2, 1, 2), 1e-15);
        Numbers.AssertClose("dct 3", [1 + (4 * Math.Sqrt(0.5)), 1 - (4 * Math.Sqrt(0.5))], Run(false, 3, 1, 2), 1e-15);
        Numbers.AssertClose("dst 1", [6 * Math.Sqrt(0.75), -2 * Math.Sqrt(0.75)], Run(true, 1, 1, 2), 1e-15);
        Numbers.AssertClose("dst 2", [6 * Math.Sqrt(0.5), 2 * (1 - 2)], Run(true, 2, 1, 2), 1e-15);
        Numbers.AssertClose("dst 3", [(2 * Math.Sqrt(0.5)) + 2, (2 * Math.Sqrt(0.5)) - 2], Run(true, 3, 1, 2), 1e-15);
        Numbers.AssertClose("dst 1 of one", [6], Run(true, 1, 3), 1e-15);

        static double[] Run(bool sine, int type, params double[] x) =>
            Numbers.Run(Function.Trace(v => Transform(sine, type, v, false, 0), x.Length), x)[0];
    }

    /// <summary>
    /// u_t = u_xx with zero ends: each sine mode decays on its own, here compared with the exact decay of the second difference's modes.
    /// </summary>
    [Fact]
    public void The_sine_transform_solves_the_discrete_heat_equation()
    {
        const int N = 31;
        const double Time = 0.7;
        double[] decay = [.. Enumerable.Range(1, N).Select(k => Math.Exp(-Time * (2 - (2 * Math.Cos(Math.PI * k / (N + 1))))))];
        Function heat = Function.Trace(u => Value.SineTransform(Value.SineTransform(u, 1, true) * Value.Constant(decay), 1, true), N);
        double[] u = Domain.Plain.Sample(new Random(1), N);
        double[] expected = [.. u];
        const int Steps = 4000;
        for (int step = 0; step < Steps; step++)
        {
            // Fourth-order Taylor steps of u' = A u.
            double[] term = [.. expected];
            for (int order = 1; order <= 4; order++)
            {
                term = [.. term.Select(
                    (value, i) => Time / Steps / order * ((i > 0 ? term[i - 1] : 0) - (2 * value) + (i < N - 1 ? term[i + 1] : 0)))];
                expected = [.. expected.Zip(term, (a, b) => a + b)];
            }
        }

        Numbers.AssertClose("heat", expected, Numbers.Run(heat, u)[0], 1e-12);
    }

    [Fact]
    public void The_second_cosine_transform_diagonalizes_insulated_ends()
    {
        const int N = 12;
        double[] u = Domain.Plain.Sample(new Random(2), N);
        double[] difference = [.. u.Select((value, i) => (i > 0 ? u[i - 1] - value : 0) + (i < N - 1 ? u[i + 1] - value : 0))];
        double[] eigenvalues = [.. Enumerable.Range(0, N).Select(k => (2 * Math.Cos(Math.PI * k / N)) - 2)];
        Function f = Function.Trace(
            v => Value.CosineTransform(Value.CosineTransform(v, 2, true) * Value.Constant(eigenvalues), 3, true), N);
        Numbers.AssertClose("difference", difference, Numbers.Run(f, u)[0], 1e-13);
    }

    [Fact]
    public void Several_axes_are_transformed_one_after_another()
    {
        double[] x = Domain.Plain.Sample(new Random(3), 3 * 4 * 5);
        Function both = Function.Trace(v => Value.SineTransform(v, 1, false, 0, -1), [3, 4, 5]);
        Function each = Function.Trace(v => Value.SineTransform(Value.SineTransform(v, 1, false, 2), 1, false, 0), [3, 4, 5]);
        Numbers.AssertClose("axes", Numbers.Run(each, x), Numbers.Run(both, x), 1e-14);
    }

    private static Value Transform(bool sine, int type, Value x, bool orthonormal, int axis = 1) =>
        sine ? Value.SineTransform(x, type, orthonormal, axis) : Value.CosineTransform(x, type, orthonormal, axis);

    private static double[] Matrix(bool sine, int type, int n, bool orthonormal) =>
        Numbers.Run(Function.Trace([], _ => [("m", Transform(sine, type, Value.Eye(n), orthonormal, 0))]))[0];
}
