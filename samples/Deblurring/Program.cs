// Many instances of one model: a row of sensors sees a signal blurred and saturated; a smoothness prior makes the inversion well posed. The
// problem is prepared once; every solve after that reuses the compiled model and its memory.
using System.Diagnostics;
using Retrodict;
using Retrodict.Autodiff;
using Retrodict.Randomness;
using static Retrodict.Autodiff.Value;

const int n = 48;
const int instances = 200;
const double noise = 0.01;

var blur = new double[n, n];
var covariance = new double[n * n];
for (int i = 0; i < n; i++)
{
    for (int j = 0; j < n; j++)
    {
        blur[i, j] = Math.Exp(-0.5 * Math.Pow((i - j) / 2.0, 2)) / 5;
        covariance[(i * n) + j] = Math.Exp(-Math.Abs(i - j) / 8.0);
    }
}

GaussianPrior prior = GaussianPrior.FromCovariance(new double[n], covariance);
var problem = new InverseProblem(x => Tanh(MatMul(Constant(blur), x)), n) { Noise = noise, Prior = prior };
Session session = new GaussNewton { Team = ThreadTeam.SingleThread }.Prepare(problem);
Plan<double> forward = problem.Forward.Compile<double>();

var truth = new double[n];
var white = new double[n];
var observation = new double[n];
var estimate = new double[n];
double error = 0;
var random = new RandomStream(7, "deblurring");
var solving = TimeSpan.Zero;
for (int instance = 0; instance < instances; instance++)
{
    // A draw from the prior: L times white noise.
    RandomStream stream = random.At(instance);
    stream.FillNormal<double>(white);
    for (int i = 0; i < n; i++)
    {
        truth[i] = 0;
        for (int j = 0; j <= i; j++)
        {
            truth[i] += prior.Factor[(i * n) + j] * white[j];
        }
    }

    forward.Run(truth, observation);
    for (int i = 0; i < n; i++)
    {
        observation[i] += noise * stream.NextNormal();
    }

    long start = Stopwatch.GetTimestamp();
    SolveSummary summary = session.Solve(observation, prior.Mean, estimate);
    solving += Stopwatch.GetElapsedTime(start);
    error += Math.Sqrt(truth.Zip(estimate, (t, e) => (t - e) * (t - e)).Average()) / instances;
    if (instance < 3)
    {
        Console.WriteLine($"instance {instance}: {summary.Status} ({summary.Criterion}) after {summary.Iterations} iterations, discrepancy "
            + $"{summary.Discrepancy:F2}");
    }
}

Console.WriteLine($"{instances} instances: RMSE {error:F3} (the signal varies by 1), {solving.TotalMicroseconds / instances:F0} us each");
