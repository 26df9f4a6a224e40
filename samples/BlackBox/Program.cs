// A black-box model: a simulator that is ordinary code, with loops and branches that no trace can see. It tells how far a projectile with
// air drag flies, for several angles; sought are its speed and drag coefficient. Derivatives are taken by central differences that stay
// within the bounds; a simulator that has its own Jacobian, or products with it, hands them over as further functions.
using Retrodict;

double[] angles = [20, 30, 40, 50, 60, 70];

InverseProblem problem = InverseProblem.FromFunctions(Ranges, unknowns: 2, observations: angles.Length) with
{
    Bounds = new Box([1, 0], [100, 1]),
    Noise = 0.05,
};
double[] measured = new double[angles.Length];
Ranges([30, 0.02], measured);
double[] errors = [0.03, -0.06, 0.02, 0.05, -0.04, 0.01];
SolveResult result = new GaussNewton().Solve(problem, [.. measured.Zip(errors, (m, e) => m + e)], start: [20, 0]);
Console.WriteLine(result);
Console.WriteLine("truth: [30, 0.02]");

void Ranges(ReadOnlySpan<double> x, Span<double> range)
{
    for (int i = 0; i < angles.Length; i++)
    {
        range[i] = Fly(speed: x[0], drag: x[1], angles[i] * Math.PI / 180);
    }
}

// Meters flown until the ground is reached, by small steps and a last partial one.
static double Fly(double speed, double drag, double angle)
{
    (double x, double y) = (0, 0);
    (double vx, double vy) = (speed * Math.Cos(angle), speed * Math.Sin(angle));
    const double h = 1e-3;
    while (true)
    {
        double v = Math.Sqrt((vx * vx) + (vy * vy));
        (double nextVx, double nextVy) = (vx - (h * drag * v * vx), vy - (h * (9.81 + (drag * v * vy))));
        (double nextX, double nextY) = (x + (h * (vx + nextVx) / 2), y + (h * (vy + nextVy) / 2));
        if (nextY < 0)
        {
            return x + ((nextX - x) * y / (y - nextY));
        }

        (x, y, vx, vy) = (nextX, nextY, nextVx, nextVy);
    }
}
