using Retrodict.Autodiff;

namespace Retrodict.Catalogue.Tests;

public sealed class Heat3DForwardTests
{
    private const int Size = 8;

    private static readonly Plan<double> _forward = ProblemCatalogue.Heat3D.Forward.Compile<double>();

    [Fact]
    public void It_agrees_with_plain_loops()
    {
        DataSet data = ProblemCatalogue.Heat3D.Generate(Split.Test, 3);
        for (int s = 0; s < data.Count; s++)
        {
            double[] expected = Loops(data.Unknown(s).ToArray());
            for (int i = 0; i < expected.Length; i++)
            {
                Assert.Equal(expected[i], data.CleanObservation(s)[i], 1e-13);
            }
        }
    }

    /// <summary>At x = 0 the response has the slope 1 + 0.008 * 2. A sine mode is zero on the faces, which is where the blur sees zeros, so
    /// blurring multiplies it by (8 + 2 (cos(pi k1 / 9) + cos(pi k2 / 9) + cos(pi k3 / 9))) / 14.</summary>
    [Fact]
    public void Sine_modes_cool_at_the_rates_of_the_heat_equation()
    {
        Plan<double> derivative = ProblemCatalogue.Heat3D.Forward.Jvp().Compile<double>();
        foreach ((int k1, int k2, int k3) in new[] { (1, 1, 1), (1, 2, 3), (3, 1, 1), (4, 4, 2), (8, 1, 5), (8, 8, 8) })
        {
            double[] mode = Field((a, b, c) => Sine(k1, a) * Sine(k2, b) * Sine(k3, c));
            double[] response = derivative.Evaluate(new double[Size * Size * Size], mode)[1];
            double decay = Math.Exp(-0.10 * 0.012 * Math.PI * Math.PI * ((k1 * k1) + (k2 * k2) + (k3 * k3)));
            double blur = (8 + (2 * (Math.Cos(Math.PI * k1 / 9) + Math.Cos(Math.PI * k2 / 9) + Math.Cos(Math.PI * k3 / 9)))) / 14;
            for (int i = 0; i < mode.Length; i++)
            {
                Assert.Equal(1.016 * decay * (0.975 + (0.025 * blur)) * mode[i], response[i], 1e-14);
            }
        }
    }

    /// <summary>The weights of the blur sum to 1, so a field whose neighbors all lie inside keeps its sum; at the faces some of it
    /// leaves.</summary>
    [Fact]
    public void Blurring_keeps_the_sum_of_what_stays_inside()
    {
        double[] field = Field((a, b, c) => a is > 1 and < 8 && b is > 1 and < 8 && c is > 1 and < 8 ? 0.1 * (a + (0.3 * b * c)) : 0);
        Assert.Equal(field.Sum(), Blurred(field).Sum(), 1e-12 * field.Sum());
        double[] corner = Blurred(Field((a, b, c) => a == 1 && b == 1 && c == 1 ? 1 : 0));
        Assert.Equal(1 - (0.025 * 3 / 14), corner.Sum(), 1e-14);
        Assert.Equal(4, corner.Count(value => value > 1e-12));
        Assert.Equal(0.975 + (0.025 * 8 / 14), corner[0], 1e-14);
    }

    [Fact]
    public void Cooling_makes_no_new_extremes()
    {
        foreach (double y in ProblemCatalogue.Heat3D.Generate(Split.Test).YClean)
        {
            Assert.InRange(y, 0, Response(1));
        }
    }

    /// <summary>The cube may be turned: exchanging axes of the unknown exchanges those of the observation.</summary>
    [Fact]
    public void All_axes_are_alike()
    {
        double[] x = ProblemCatalogue.Heat3D.Generate(Split.Test, 1).X.ToArray();
        double[] turned = Field((a, b, c) => x[At(b, c, a)]);
        double[] y = _forward.Evaluate(x)[0], turnedY = _forward.Evaluate(turned)[0];
        double[] expected = Field((a, b, c) => y[At(b, c, a)]);
        for (int i = 0; i < y.Length; i++)
        {
            Assert.Equal(expected[i], turnedY[i], 1e-14);
        }
    }

    /// <summary>What the model's blur makes of a field: cooling is undone beforehand, mode by mode, and the response afterwards by Newton's
    /// method.</summary>
    private static double[] Blurred(double[] field)
    {
        double[] y = _forward.Evaluate(Transform(field, k => Math.Exp(0.10 * 0.012 * Math.Pow(Math.PI * k, 2))))[0];
        return Array.ConvertAll(y, value =>
        {
            double z = value;
            for (int i = 0; i < 100; i++)
            {
                z -= (Response(z) - value) / (1 + (0.06 * z * z) + (0.016 * Math.Cos(2 * z)));
            }

            return z;
        });
    }

    private static double[] Loops(double[] x)
    {
        double[] u = Transform(x, k => Math.Exp(-0.10 * 0.012 * Math.PI * Math.PI * k * k));
        double Inside(int a, int b, int c) => Math.Min(a, Math.Min(b, c)) < 1 || Math.Max(a, Math.Max(b, c)) > Size ? 0 : u[At(a, b, c)];
        return Field((a, b, c) =>
        {
            double faces = Inside(a - 1, b, c) + Inside(a + 1, b, c) + Inside(a, b - 1, c) + Inside(a, b + 1, c) + Inside(a, b, c - 1)
                + Inside(a, b, c + 1);
            return Response((0.975 * Inside(a, b, c)) + (0.025 * ((8 * Inside(a, b, c)) + faces) / 14));
        });
    }

    /// <summary>Multiplies each sine mode by a factor an axis, by sums over all modes and points of one axis after the other.</summary>
    private static double[] Transform(double[] x, Func<int, double> factor)
    {
        var matrix = new double[Size + 1, Size + 1];
        for (int a = 1; a <= Size; a++)
        {
            for (int i = 1; i <= Size; i++)
            {
                matrix[a, i] = Enumerable.Range(1, Size).Sum(k => 2.0 / 9 * factor(k) * Sine(k, a) * Sine(k, i));
            }
        }

        double[] Along(Func<int, int, double> term) => Field((a, b, c) => Enumerable.Range(1, Size).Sum(i => term(At(a, b, c), i)));
        double[] first = Along((p, i) => matrix[(p / 64) + 1, i] * x[At(i, (p / 8 % 8) + 1, (p % 8) + 1)]);
        double[] second = Along((p, i) => matrix[(p / 8 % 8) + 1, i] * first[At((p / 64) + 1, i, (p % 8) + 1)]);
        return Along((p, i) => matrix[(p % 8) + 1, i] * second[At((p / 64) + 1, (p / 8 % 8) + 1, i)]);
    }

    private static double Response(double z) => z + (0.020 * z * z * z) + (0.008 * Math.Sin(2 * z));

    private static double Sine(int k, int i) => Math.Sin(Math.PI * k * i / 9.0);

    /// <summary>Points are counted from 1 along each axis.</summary>
    private static int At(int a, int b, int c) => ((((a - 1) * Size) + b - 1) * Size) + c - 1;

    private static double[] Field(Func<int, int, int, double> value)
    {
        var field = new double[Size * Size * Size];
        for (int i = 0; i < field.Length; i++)
        {
            field[i] = value((i / 64) + 1, (i / 8 % 8) + 1, (i % 8) + 1);
        }

        return field;
    }
}
