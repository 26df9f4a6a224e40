// Radioactive decay with a constant background: amplitude, rate and background from eight counts, with bounds and error bars of the
// measurement.
using Retrodict;
using static Retrodict.Autodiff.Value;

double[] time = [0, 0.5, 1, 1.5, 2, 3, 4, 6];
double[] activity = [4.31, 3.42, 2.72, 2.17, 1.79, 1.20, 0.86, 0.51];
double[] errors = [0.02, 0.02, 0.02, 0.02, 0.01, 0.01, 0.01, 0.01];

var problem = new InverseProblem(x => (x[0] * Exp(-x[1] * Constant(time))) + x[2], unknowns: 3)
{
    Bounds = new Box([0, 0, 0], [10, 10, 1]),
    Noise = errors,
};
SolveResult result = new GaussNewton().Solve(problem, activity, start: [1, 1, 0]);

Console.WriteLine(result);
foreach (IterationRecord line in result.History)
{
    Console.WriteLine($"{line.Iteration,3}  cost {line.Cost,12:G6}  step {line.Step,10:E2}  factor {line.StepFactor:G3}");
}
