// Two instruments whose local inverses are learned once and then used for one measurement after the other. The first is a traced model: the
// temperatures that a probe reads along a wire after it has cooled. The second is a black box: a simulator in ordinary code that only
// returns numbers.
using Retrodict;
using Retrodict.Autodiff;
using Retrodict.Learning;
using Retrodict.Randomness;
using static Retrodict.Autodiff.Value;

// ---- A traced model: 24 points of a wire, heat spreading in 40 steps, read through a sensor that saturates.
const int Points = 24;
var wire = new InverseProblem(
    x =>
    {
        Value u = Repeat(40, x, v => v + (0.2 * (v.PadEdge(0, 1, 1)[..^2] - (2 * v) + v.PadEdge(0, 1, 1)[2..])));
        return u / (1 + (0.3 * u));
    },
    unknowns: Points) { Bounds = new Box(0, 1), Noise = 0.002 };

var learning = new LearningProblem("wire", wire, DrawProfile);
DeceptronModel model = DeceptronTrainer.Train(
    learning,
    new PhysicsTraining { Hidden = 64, Estimate = new HeadTraining { Steps = 1500, BatchSize = 64 } },
    new Progress<TrainingProgress>(p => Console.WriteLine($"{p.Stage}: step {p.Point.Step} of {p.Steps}, error {p.Point.Validation:F4}")));
model.Save(Path.Combine(Path.GetTempPath(), "wire.safetensors"));

// Later, perhaps in another program:
DeceptronModel loaded = DeceptronModel.Load(Path.Combine(Path.GetTempPath(), "wire.safetensors"));
loaded.RequireProblem(wire);
Session session = loaded.ToSolver().Prepare(wire);
Report("wire", session, wire, new RandomStream(1, "test"), DrawProfile);

// ---- A black box: how far a thrown body flies for four angles, from speed and drag.
var thrown = InverseProblem.FromFunctions(
    Ranges, unknowns: 2, observations: 4) with { Bounds = new Box([5, 0.005], [40, 0.05]), Noise = 0.05 };
DeceptronModel throwing = DeceptronTrainer.Train(
    new LearningProblem("throw", thrown, DrawThrow),
    new PhysicsTraining
    {
        Hidden = 32,
        BasisSamples = 500,
        ValidationSamples = 100,
        CalibrationSamples = 200,
        Estimate = new HeadTraining { Steps = 1500, BatchSize = 16, ValidateEvery = 750 },
    });
Report("throw", throwing.ToSolver().Prepare(thrown), thrown, new RandomStream(2, "test"), DrawThrow);

static void Report(string name, Session session, InverseProblem problem, RandomStream random, UnknownSampler sampler)
{
    const int Count = 50;
    Plan<double> forward = problem.Forward.Compile<double>();
    var x = new double[problem.Unknowns];
    (double error, int learnedAlone, int converged) = (0, 0, 0);
    for (int i = 0; i < Count; i++)
    {
        var truth = new double[problem.Unknowns];
        sampler(random.At(i), truth);
        double[] y = forward.Evaluate(truth)[0];
        RandomStream noise = random.At(i).Child("noise");
        for (int j = 0; j < y.Length; j++)
        {
            y[j] += problem.Noise[j] * noise.NextNormal();
        }

        SolveSummary summary = session.Solve(y, truth.Select(_ => 0.5).ToArray(), x);
        learnedAlone += summary.Learned!.Value.SafeguardSteps == 0 ? 1 : 0;
        converged += summary.Status == SolveStatus.Converged ? 1 : 0;
        error += Math.Sqrt(x.Zip(truth, (a, b) => (a - b) * (a - b)).Average()) / Count;
    }

    Console.WriteLine($"{name}: {converged} of {Count} solved, {learnedAlone} of them by the learned inverse alone; mean error {error:F4}");
}

// Smooth profiles: a base, a slope and two bumps, kept between 0 and 1.
static void DrawProfile(RandomStream random, Span<double> x)
{
    (double level, double slope) = (random.NextUniform(0.2, 0.5), random.NextUniform(-0.2, 0.2));
    (
        double c1,
        double c2,
        double a1,
        double a2) = (random.NextDouble(), random.NextDouble(), random.NextUniform(0, 0.4), random.NextUniform(-0.2, 0.2));
    for (int i = 0; i < x.Length; i++)
    {
        double s = i / (x.Length - 1.0);
        x[i] = Math.Clamp(
            level + (slope * (s - 0.5)) + (a1 * Math.Exp(-50 * (s - c1) * (s - c1))) + (a2 * Math.Exp(-50 * (s - c2) * (s - c2))), 0, 1);
    }
}

static void DrawThrow(RandomStream random, Span<double> x) => (x[0], x[1]) = (random.NextUniform(10, 30), random.NextUniform(0.01, 0.04));

static void Ranges(ReadOnlySpan<double> x, Span<double> range)
{
    ReadOnlySpan<double> angles = [20, 35, 50, 65];
    for (int i = 0; i < angles.Length; i++)
    {
        (double px, double py) = (0, 0);
        (double vx, double vy) = (x[0] * Math.Cos(angles[i] * Math.PI / 180), x[0] * Math.Sin(angles[i] * Math.PI / 180));
        const double H = 1e-2;
        while (true)
        {
            double v = Math.Sqrt((vx * vx) + (vy * vy));
            (vx, vy) = (vx - (H * x[1] * v * vx), vy - (H * (9.81 + (x[1] * v * vy))));
            (double nx, double ny) = (px + (H * vx), py + (H * vy));
            if (ny < 0)
            {
                range[i] = px + ((nx - px) * py / (py - ny));
                break;
            }

            (px, py) = (nx, ny);
        }
    }
}
