using Retrodict.Solvers;

namespace Retrodict.Tests.Problems;

public sealed class RobustWeightsTests
{
    private const int Unknowns = 3, Misfit = 12, Rows = 15;

    public static TheoryData<RobustLoss> Losses() =>
        [new HuberLoss(0.5), new SoftL1Loss(0.7), new CauchyLoss(), new ArctanLoss(1.5), new TukeyLoss(), new HuberLoss(1e-3),
            new TukeyLoss(1e6)];

    [Theory]
    [MemberData(nameof(Losses))]
    public void The_corrected_rows_have_exactly_the_gradient_of_the_objective(RobustLoss loss)
    {
        for (int seed = 0; seed < 20; seed++)
        {
            double[] x = Dense.Random(Unknowns, seed);
            (double[] residual, double[,] jacobian) = Model(x);
            double[] corrected = new double[Rows], scale = new double[Rows];
            double cost = RobustWeights.Apply(loss, residual, Misfit, corrected, scale);
            Assert.Equal(Cost(loss, residual), cost, 1e-14 * cost);
            Assert.Equal(cost, RobustWeights.Cost(loss, residual, Misfit));
            double[] gradient = new double[Unknowns], differences = new double[Unknowns];
            for (int j = 0; j < Unknowns; j++)
            {
                for (int i = 0; i < Rows; i++)
                {
                    gradient[j] += scale[i] * jacobian[i, j] * corrected[i];
                }

                double[] above = [.. x], below = [.. x];
                (above[j], below[j]) = (x[j] + 1e-6, x[j] - 1e-6);
                differences[j] = (Cost(loss, Model(above).Residual) - Cost(loss, Model(below).Residual)) / 2e-6;
            }

            Dense.AssertClose(differences, gradient, 1e-7);
        }
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public void The_curvature_is_the_objectives_own_where_that_is_positive_enough_and_never_negative(RobustLoss loss)
    {
        foreach (double r in new[] { 0, 1e-3, 0.1, 0.4, 0.9, 1.3, 2, 5, 40, 1e6 })
        {
            double[] corrected = new double[1], scale = new double[1];
            RobustWeights.Apply(loss, [r], 1, corrected, scale);
            double s = r / loss.Scale * (r / loss.Scale);
            loss.Evaluate(s, out _, out double first, out double second);
            double own = first + (2 * s * second);
            double expected = own >= RobustWeights.LeastCurvature * first ? own : RobustWeights.LeastCurvature * first;
            Assert.Equal(expected, scale[0] * scale[0], 1e-14);
            Assert.Equal(first * r, scale[0] * corrected[0], 1e-14 * (1 + (first * r)));

            // No longer than the residual needs to be, so that its length still means something.
            Assert.True(Math.Abs(corrected[0]) <= Math.Sqrt(first / RobustWeights.LeastCurvature) * r * (1 + 1e-14));
        }
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public void Rows_of_the_prior_are_left_alone(RobustLoss loss)
    {
        double[] residual = [0.1, 30, -2, 700], corrected = new double[4], scale = new double[4];
        double cost = RobustWeights.Apply(loss, residual, 2, corrected, scale);
        Assert.Equal([-2, 700], corrected[2..]);
        Assert.Equal([1, 1], scale[2..]);
        Assert.Equal(RobustWeights.Cost(loss, residual.AsSpan(0, 2), 2) + (0.5 * (4 + 490000)), cost, 1e-9);
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public void Rows_may_be_corrected_in_place(RobustLoss loss)
    {
        double[] residual =
            Model([0.3, -0.2, 0.9]).Residual, corrected = new double[Rows], scale = new double[Rows], other = new double[Rows];
        double cost = RobustWeights.Apply(loss, residual, Misfit, corrected, scale);
        Assert.Equal(cost, RobustWeights.Apply(loss, residual, Misfit, residual, other));
        Assert.Equal(corrected, residual);
        Assert.Equal(scale, other);
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public void Large_residuals_stay_finite_and_infinite_ones_are_not_forgiven(RobustLoss loss)
    {
        double[] corrected = new double[2], scale = new double[2];
        foreach (double r in new[] { 1e20, 1e100, -1e145 })
        {
            Assert.True(double.IsFinite(RobustWeights.Apply(loss, [r, 1], 2, corrected, scale)));
            Assert.All([.. corrected, .. scale], value => Assert.True(double.IsFinite(value)));
        }

        Assert.Equal(double.PositiveInfinity, RobustWeights.Apply(loss, [1, 1e200], 2, corrected, scale));
        Assert.Equal(double.PositiveInfinity, RobustWeights.Apply(loss, [1, double.NegativeInfinity], 2, corrected, scale));
        Assert.Equal(double.NaN, RobustWeights.Apply(loss, [double.NaN, 1], 2, corrected, scale));
        Assert.Equal(double.NaN, RobustWeights.Apply(loss, [1, double.NaN], 1, corrected, scale));
    }

    private static double Cost(RobustLoss loss, double[] residual)
    {
        double cost = 0;
        for (int i = 0; i < Rows; i++)
        {
            loss.Evaluate(residual[i] * residual[i] / (loss.Scale * loss.Scale), out double rho, out _, out _);
            cost += 0.5 * (i < Misfit ? loss.Scale * loss.Scale * rho : residual[i] * residual[i]);
        }

        return cost;
    }

    /// <summary>Residuals from hundredths to tens: a_i (sin(b_i x) - c_i).</summary>
    private static (double[] Residual, double[,] Jacobian) Model(double[] x)
    {
        double[,] b = Dense.RandomMatrix(Rows, Unknowns, 71);
        double[] c = Dense.Random(Rows, 72);
        double[] phase = Dense.Times(b, x);
        var residual = new double[Rows];
        var jacobian = new double[Rows, Unknowns];
        for (int i = 0; i < Rows; i++)
        {
            double size = 0.1 * (1 << (i % 9));
            residual[i] = size * (Math.Sin(phase[i]) - c[i]);
            for (int j = 0; j < Unknowns; j++)
            {
                jacobian[i, j] = size * Math.Cos(phase[i]) * b[i, j];
            }
        }

        return (residual, jacobian);
    }
}
