// A time-stepped model: how large are the reaction rates of A -> B -> C, and how much A was there, if only B was watched? The model is a
// loop over time steps by Heun's method; its derivatives run back through the loop.
using Retrodict;
using Retrodict.Autodiff;
using Retrodict.Randomness;
using static Retrodict.Autodiff.Value;

const int steps = 80;
const double step = 0.1;
const double noise = 0.01;

// x = (k1, k2, initial A); the state is (A, B).
Value Concentrations(Value x)
{
    Value Rate(Value s) => Stack(-x[0] * s[0], (x[0] * s[0]) - (x[1] * s[1]));
    return Scan(
        steps,
        Stack(x[2], 0),
        s =>
        {
            Value first = Rate(s);
            Value next = s + (step / 2 * (first + Rate(s + (step * first))));
            return (next, next[1]);
        }).Outputs;
}

var problem = new InverseProblem(Concentrations, unknowns: 3) { Bounds = new Box(0, 5), Noise = noise };
double[] truth = [0.9, 0.35, 1.5];
double[] observation = problem.Forward.Compile<double>().Evaluate(truth)[0];
var random = new RandomStream(7, "time-stepped");
for (int i = 0; i < observation.Length; i++)
{
    observation[i] += noise * random.NextNormal();
}

SolveResult result = new GaussNewton().Solve(problem, observation, start: [0.5, 0.5, 1]);
Console.WriteLine(result);
Console.WriteLine($"truth: [{string.Join(", ", truth)}]");
