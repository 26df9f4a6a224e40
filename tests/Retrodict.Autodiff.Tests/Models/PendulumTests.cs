using static Retrodict.Autodiff.Value;

namespace Retrodict.Autodiff.Tests.Models;

/// <summary>A pendulum by the classical Runge-Kutta method, against its exact period.</summary>
public class PendulumTests
{
    /// <summary>theta'' = -sin theta from rest at an angle: the state (theta, theta') after a time.</summary>
    private static Value Swing(Value angle, Value time, int steps)
    {
        Value h = time / steps;
        static Value Rate(Value s) => Stack(s[1], -Sin(s[0]));
        return Repeat(steps, Stack(angle, 0 * angle), s =>
        {
            Value k1 = Rate(s);
            Value k2 = Rate(s + (0.5 * h * k1));
            Value k3 = Rate(s + (0.5 * h * k2));
            Value k4 = Rate(s + (h * k3));
            return s + (h / 6 * (k1 + (2 * k2) + (2 * k3) + k4));
        });
    }

    /// <summary>4 K(sin(angle / 2)), with the elliptic integral by the arithmetic-geometric mean: 2 pi / agm(1, cos(angle / 2)).</summary>
    private static double Period(double angle)
    {
        (double a, double b) = (1, Math.Cos(angle / 2));
        for (int i = 0; i < 8; i++)
        {
            (a, b) = ((a + b) / 2, Math.Sqrt(a * b));
        }

        return 2 * Math.PI / a;
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(1.0)]
    [InlineData(2.5)]
    public void After_its_exact_period_it_is_back_to_fourth_order(double angle)
    {
        double coarse = Error(400);
        double fine = Error(800);
        Assert.True(fine < 1e-6, $"error {fine}");
        Assert.InRange(Math.Log2(coarse / fine), 3.7, 4.6);

        double Error(int steps)
        {
            double[] state = Function.Trace(x => Swing(x[0], x[1], steps), 2).Compile<double>().Evaluate([angle, Period(angle)])[0];
            return Math.Abs(state[1]) + Math.Abs(state[0] - angle);
        }
    }

    [Fact]
    public void The_derivative_by_time_is_the_velocity_and_that_by_the_angle_agrees_with_differences()
    {
        Function swing = Function.Trace(x => Swing(x[0], x[1], 200), 2);
        double[] j = swing.Jacobian().Compile<double>().Evaluate([1.2, 3.0])[0];
        Plan<double> plan = swing.Compile<double>();
        double[] state = plan.Evaluate([1.2, 3.0])[0];
        Assert.Equal(state[1], j[1], 1e-8);
        Assert.Equal(-Math.Sin(state[0]), j[3], 1e-8);
        double difference = (plan.Evaluate([1.2 + 1e-5, 3.0])[0][0] - plan.Evaluate([1.2 - 1e-5, 3.0])[0][0]) / 2e-5;
        Assert.Equal(difference, j[0], 1e-8);
    }
}
