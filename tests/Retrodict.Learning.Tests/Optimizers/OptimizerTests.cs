using Retrodict.Randomness;
using Retrodict.Tests.Shared;

namespace Retrodict.Learning.Tests.Optimizers;

public class OptimizerTests
{
    private static readonly float[][] _gradients = [[0.5f, -1.25f, 2f], [-0.25f, -1f, 0f], [1.5f, 0.125f, -3f]];

    /// <summary>
    /// Three steps of rate 0.1 from (1, -2, 3) with the gradients above, by the update rules of torch.optim (Adam, AdamW, SGD), evaluated
    /// in 40 decimal digits.
    /// </summary>
    public static TheoryData<string, double[]> PublishedSteps => new()
    {
        { "adam", [0.8063162429161113, -1.7300143354420385, 2.857451850272148] },
        { "adam decay", [0.7821194045854701, -1.7226152979098674, 2.834827475891936] },
        { "adamw decay", [0.7788715799092328, -1.6735904612215113, 2.7710089085115954] },
        { "sgd decay", [0.708024, -1.3782455, 2.598717] },
        { "sgd nesterov decay", [0.535906146, -1.1810596445, 2.665340643] },
    };

    [Theory]
    [MemberData(nameof(PublishedSteps))]
    public void Three_steps_are_those_of_the_published_rule(string rule, double[] expected)
    {
        float[] parameters = [1, -2, 3];
        Optimizer optimizer = Rule(rule);
        OptimizerState state = optimizer.NewState(3);
        foreach (float[] gradient in _gradients)
        {
            optimizer.Step(state, parameters, gradient);
        }

        Assert.Equal(3, state.Steps);
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(expected[i], parameters[i], 6e-7 * Math.Abs(expected[i]));
        }
    }

    /// <summary>
    /// Bias correction makes Adam's first step as long as the rate, whatever the gradient's scale (Kingma and Ba 2015, section 2.1).
    /// </summary>
    [Theory]
    [InlineData(1e-3f)]
    [InlineData(1f)]
    [InlineData(1e6f)]
    public void Adams_first_step_is_as_long_as_the_rate(float scale)
    {
        float[] parameters = [0, 0];
        Optimizer adam = new Adam { LearningRate = 0.25 };
        adam.Step(adam.NewState(2), parameters, [3 * scale, -scale]);
        Assert.Equal(-0.25, parameters[0], 1e-5);
        Assert.Equal(0.25, parameters[1], 1e-5);
    }

    [Fact]
    public void Long_runs_follow_the_formulas_in_double_precision()
    {
        const int N = 37, Steps = 400;
        float[] parameters = new float[N];
        new RandomStream(1).FillNormal(parameters.AsSpan());
        double[] p = Array.ConvertAll(parameters, e => (double)e);
        double[] m = new double[N], v = new double[N];
        Optimizer adam = new Adam { LearningRate = 0.01, WeightDecay = 0.05 };
        OptimizerState state = adam.NewState(N);
        float[] gradient = new float[N];
        RandomStream random = new(2);
        for (int t = 1; t <= Steps; t++)
        {
            random.FillNormal(gradient.AsSpan());
            adam.Step(state, parameters, gradient);
            for (int i = 0; i < N; i++)
            {
                double g = gradient[i] + (0.05 * p[i]);
                m[i] = (0.9 * m[i]) + (0.1 * g);
                v[i] = (0.999 * v[i]) + (0.001 * g * g);
                p[i] -= 0.01 * (m[i] / (1 - Math.Pow(0.9, t))) / (Math.Sqrt(v[i] / (1 - Math.Pow(0.999, t))) + 1e-8);
            }
        }

        for (int i = 0; i < N; i++)
        {
            Assert.Equal(p[i], parameters[i], 2e-5);
        }
    }

    [Theory]
    [InlineData("adam")]
    [InlineData("adamw")]
    [InlineData("sgd")]
    [InlineData("sgd nesterov")]
    public void Elements_have_the_same_bits_wherever_they_stand(string rule)
    {
        const int N = 67;
        Optimizer optimizer = Rule(rule);
        float[] all = new float[N];
        float[][] gradients = [new float[N], new float[N], new float[N]];
        RandomStream random = new(4);
        random.FillNormal(all.AsSpan());
        Array.ForEach(gradients, gradient => random.FillNormal(gradient.AsSpan()));
        float[] singles = [.. all];
        OptimizerState state = optimizer.NewState(N);
        Array.ForEach(gradients, gradient => optimizer.Step(state, all, gradient));
        for (int i = 0; i < N; i++)
        {
            OptimizerState own = optimizer.NewState(1);
            foreach (float[] gradient in gradients)
            {
                optimizer.Step(own, singles.AsSpan(i, 1), gradient.AsSpan(i, 1));
            }
        }

        Assert.Equal(singles, all);
    }

    [Theory]
    [InlineData("adam")]
    [InlineData("adamw")]
    [InlineData("sgd")]
    [InlineData("sgd nesterov")]
    public void Quadratics_are_minimized(string rule)
    {
        float[] curvatures = [1f, 3f, 0.5f, 2f];
        float[] minimum = [1f, -2f, 0.5f, 3f];
        float[] x = new float[4];
        float[] gradient = new float[4];
        Optimizer optimizer = Rule(rule);
        OptimizerState state = optimizer.NewState(4);
        for (int step = 0; step < 2000; step++)
        {
            for (int i = 0; i < 4; i++)
            {
                gradient[i] = curvatures[i] * (x[i] - minimum[i]);
            }

            optimizer.Step(state, x, gradient, LearningRateSchedule.Cosine().Factor(step, 2000));
        }

        for (int i = 0; i < 4; i++)
        {
            Assert.Equal(minimum[i], x[i], 1e-4);
        }
    }

    [Fact]
    public void Steps_allocate_nothing()
    {
        float[] parameters = new float[100], gradient = new float[100];
        foreach (Optimizer optimizer in new[] { Rule("adam"), Rule("adamw"), Rule("sgd") })
        {
            OptimizerState state = optimizer.NewState(100);
            optimizer.Step(state, parameters, gradient);
            long before = GC.GetAllocatedBytesForCurrentThread();
            optimizer.Step(state, parameters, gradient);
            GradientClipping.Clip(gradient, 1);
            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        }
    }

    [Fact]
    public void Long_gradients_are_shortened_and_short_ones_left_alone()
    {
        float[] gradient = [3, 4, 0];
        Assert.Equal(5, GradientClipping.Clip(gradient, 10));
        Assert.Equal([3f, 4f, 0f], gradient);
        Assert.Equal(5, GradientClipping.Clip(gradient, 0.5));
        Assert.Equal([0.3f, 0.4f, 0f], gradient);
        float[] long67 = new float[67];
        new RandomStream(1).FillNormal(long67.AsSpan());
        double expected = Math.Sqrt(long67.Sum(e => (double)e * e));
        Assert.Equal(expected, GradientClipping.Clip(long67, 1), 1e-13 * expected);
        Assert.Equal(1, GradientClipping.Norm(long67), 1e-6);
        Assert.Equal(Math.Sqrt(2) * 3e38, GradientClipping.Norm([3e38f, 3e38f]), 1e32);
        foreach (float bad in new[] { float.NaN, float.PositiveInfinity, float.NegativeInfinity })
        {
            float[] spoilt = [.. Enumerable.Repeat(1f, 20), bad];
            Assert.False(double.IsFinite(GradientClipping.Clip(spoilt, 0.5)));
            Assert.Equal(1, spoilt[0]);
        }
    }

    [Fact]
    public void Schedules_follow_their_formulas()
    {
        Assert.Equal(1, LearningRateSchedule.Constant.Factor(17, 20));
        LearningRateSchedule cosine = LearningRateSchedule.Cosine(finalFactor: 0.1);
        Assert.Equal(1, cosine.Factor(0, 100), 1e-15);
        Assert.Equal(0.55, cosine.Factor(50, 100), 1e-15);
        Assert.Equal(0.1 + (0.9 * (1 + Math.Cos(Math.PI * 0.3)) / 2), cosine.Factor(30, 100), 1e-15);
        Assert.Equal(0.1, cosine.Factor(100, 100), 1e-15);
        LearningRateSchedule warm = LearningRateSchedule.Cosine(warmUp: 4);
        Assert.Equal([0.2, 0.4, 0.6, 0.8, 1.0], Enumerable.Range(0, 5).Select(step => warm.Factor(step, 104)));
        Assert.Equal(0.5, warm.Factor(54, 104), 1e-15);
    }

    [Fact]
    public void Descriptions_do_not_depend_on_the_culture() => CommaCulture.Run(() =>
    {
        Assert.Equal("Adam rate 0.001 beta1 0.9 beta2 0.999 epsilon 1E-08 decay 0.5", new Adam { WeightDecay = 0.5 }.Describe());
        Assert.Equal("cosine warm-up 3 final 0.25", LearningRateSchedule.Cosine(warmUp: 3, finalFactor: 0.25).Describe());
    });

    [Fact]
    public void Mistakes_are_named()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Adam { LearningRate = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new Adam { Beta1 = 1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new Adam { Epsilon = double.NaN });
        Assert.Throws<ArgumentOutOfRangeException>(() => new Sgd { Momentum = -0.1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => GradientClipping.Clip(new float[1], 0));
        Optimizer adam = new Adam();
        Assert.Throws<ArgumentException>(() => adam.Step(adam.NewState(3), new float[3], new float[2]));
        Assert.Throws<ArgumentException>(() => adam.Step(new Sgd().NewState(3), new float[3], new float[3]));
    }

    private static Optimizer Rule(string name) => name switch
    {
        "adam" => new Adam { LearningRate = 0.1 },
        "adam decay" => new Adam { LearningRate = 0.1, WeightDecay = 0.1 },
        "adamw" => new Adam { LearningRate = 0.1, DecoupledWeightDecay = true },
        "adamw decay" => new Adam { LearningRate = 0.1, WeightDecay = 0.1, DecoupledWeightDecay = true },
        "sgd" => new Sgd { LearningRate = 0.1 },
        "sgd decay" => new Sgd { LearningRate = 0.1, WeightDecay = 0.1 },
        "sgd nesterov" => new Sgd { LearningRate = 0.1, Nesterov = true },
        "sgd nesterov decay" => new Sgd { LearningRate = 0.1, Nesterov = true, WeightDecay = 0.1 },
        _ => throw new ArgumentException(name),
    };
}
