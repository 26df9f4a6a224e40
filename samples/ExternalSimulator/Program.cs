// A simulator that is a program of its own, here a script of Python 3 (the only thing this sample needs beside .NET): oxygen in a pond,
// from which production, respiration and exchange are sought. Runs are made two at a time, each may take a minute at most, and all that
// was run stands in a file, so that a second start of this program runs nothing again.
using Retrodict;

string script = Path.Combine(AppContext.BaseDirectory, "pond.py");
var pond = new ExternalProcess(OperatingSystem.IsWindows() ? "python" : "python3")
{
    Arguments = [script],
    Timeout = TimeSpan.FromMinutes(1),
    Attempts = 2,
};
double[] truth = [1.4, 0.35, 0.12];
double[] measured = new double[13];
pond.Run(truth, measured);
for (int i = 0; i < measured.Length; i++)
{
    measured[i] += 0.05 * Math.Sin(7 * i);
}

using var runs = new RunCache(Path.Combine(Path.GetTempPath(), "pond.runs"), unknowns: 3, observations: 13, model: "pond 1");
InverseProblem problem = InverseProblem.FromFunctions(
    runs.Around(pond.Run), unknowns: 3, observations: 13, new FiniteDifferences { Parallel = 2 }) with
{
    Bounds = new Box(0, 10),
    Noise = 0.05,
};
Session session = new LevenbergMarquardt().Prepare(problem);
SolveResult result = session.Solve(measured, start: [1, 0.5, 0.2]);
Console.WriteLine(result);
double[] errors = [.. session.Analyze(measured, [.. result.X]).Statistics(NoiseLevel.Known).StandardErrors];
Console.WriteLine($"standard errors: [{string.Join(", ", errors.Select(error => $"{error:G3}"))}]");
Console.WriteLine($"truth: [{string.Join(", ", truth)}]; {runs.Count} runs, {runs.Saved} of them saved this time");
