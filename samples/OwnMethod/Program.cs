// A method made of the library's parts, beside two that ship with it. Light through an absorbing slab: every ray loses exp(-absorption
// along its way), and 36 transmissions say what the absorption of 24 cells is. Cells are not negative, and neighbors are alike.
using System.Globalization;
using OwnMethod;
using Retrodict;
using Retrodict.Autodiff;

const int Cells = 24;
const int Rays = 36;
double[] ways =
[
    .. from ray in Enumerable.Range(0, Rays)
       from cell in Enumerable.Range(0, Cells)
       select Math.Exp(-Math.Pow((ray / 1.5) - cell, 2) / 2),
];
double[] truth = [.. Enumerable.Range(0, Cells).Select(cell => cell is >= 6 and < 12 ? 0.6 : cell is >= 15 and < 18 ? 0.3 : 0.05)];
var problem = new InverseProblem(x => Value.Exp(-Value.MatMul(Value.Constant(ways, [Rays, Cells]), x)), Cells)
{
    Bounds = new Box(0, double.PositiveInfinity),
    Noise = 0.02,
    Prior = new TikhonovPrior(Cells, order: 1).Weighted(4),
};
double[] exact = problem.Forward.Compile<double>().Evaluate(truth)[0];
double[] measured = [.. exact.Select((y, ray) => y + (0.028 * Math.Sin(ray * ray)))];
double[] start = [.. Enumerable.Repeat(0.1, Cells)];

Console.WriteLine("method               status     criterion  iterations  evaluations  products         cost  discrepancy");
foreach (Solver solver in new Solver[] { new BarzilaiBorwein(), new GradientDescent(), new LevenbergMarquardt() })
{
    SolveSummary found = solver.Solve(problem, measured, start).Summary;
    long products = found.Evaluations.Jvp + found.Evaluations.Vjp;
    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{solver.Name,-20} {found.Status,-10} {found.Criterion,-10} {found.Iterations,10}  {found.Evaluations.Model,11}  " +
            $"{products,8}  {found.Cost,11:F4}  {found.Discrepancy,11:F3}"));
}
