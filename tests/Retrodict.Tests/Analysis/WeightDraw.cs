using Retrodict.Autodiff;
using Retrodict.Autodiff.LinearAlgebra;
using Retrodict.Randomness;
using Retrodict.Tests.Problems;

namespace Retrodict.Tests.Analysis;

/// <summary>A measurement of a test equation: its truth's data with noise whose length is about a part of theirs.</summary>
internal sealed class WeightDraw
{
    private const int Weights = 800;

    private readonly InverseProblem _problem;
    private readonly double[] _observation;
    private readonly double[] _truth;
    private readonly double _noise;

    private WeightDraw(IllPosedEquation equation, Spectrum spectrum, double level, int draw)
    {
        int n = equation.Truth.Length;
        double noise = level * Dense.Norm(equation.Data) / Math.Sqrt(n);
        Name = FormattableString.Invariant($"{equation.Name} {n}, {level:G}, draw {draw}");
        (_truth, _noise) = (equation.Truth, noise);
        _observation = new double[n];
        new RandomStream((ulong)draw, FormattableString.Invariant($"{equation.Name}/{n}/{level:G}")).FillNormal<double>(_observation);
        _observation = Dense.Plus(equation.Data, _observation, noise);
        _problem = new InverseProblem(x => Value.MatMul(Value.Constant(equation.Matrix), x), n)
        {
            Noise = noise,
            Prior = new TikhonovPrior(n, order: 0),
        };
        LeastError = spectrum.LeastError(_observation, noise, _truth, Weights);
    }

    public string Name { get; }

    /// <summary>The number of observations, and of unknowns.</summary>
    public int Size => _truth.Length;

    /// <summary>The least error of any weight.</summary>
    public double LeastError { get; }

    /// <summary>The 72 measurements of six equations of two sizes with three sizes of noise, each twice.</summary>
    public static IReadOnlyList<WeightDraw> Set(int number) =>
    [
        .. from n in new[] { 32, 64 }
           from make in IllPosedEquation.All
           let equation = make(n)
           let spectrum = new Spectrum(equation.Matrix)
           from level in new[] { 1e-2, 1e-3, 1e-4 }
           from draw in new[] { 0, 1 }
           select new WeightDraw(equation, spectrum, level, (2 * number) + draw),
    ];

    /// <summary>What a search chooses, with the size of the noise stated so many times as large as it is.</summary>
    public PriorWeightResult Misstated(PriorWeightSearch search, double factor) => search.Solve(
        new GaussNewton(), _problem with { Noise = _noise * factor }, _observation, new double[_truth.Length]);

    /// <summary>What a search chooses, and its error over the least.</summary>
    public (PriorWeightResult Result, double Ratio) Choose(PriorWeightSearch search)
    {
        PriorWeightResult result = search.Solve(new GaussNewton(), _problem, _observation, new double[_truth.Length]);
        return (result, Dense.Norm(Dense.Plus([.. result.Solution.X], _truth, -1)) / LeastError);
    }

    /// <summary>The singular values of a matrix, by which solutions at all weights are had at once.</summary>
    private sealed class Spectrum
    {
        private readonly double[,] _left;
        private readonly double[] _values;
        private readonly double[,] _right;

        public Spectrum(double[,] matrix)
        {
            int n = matrix.GetLength(0);
            var (left, right) = (new double[n * n], new double[n * n]);
            _values = new double[n];
            Assert.True(SingularValues.TryDecompose(
                Dense.Flat(matrix), n, n, left, _values, right, new double[SingularValues.WorkspaceLength(n, n)]));
            (_left, _right) = (Dense.Matrix(left, n, n), Dense.Matrix(right, n, n));
        }

        public double LeastError(double[] observation, double noise, double[] truth, int weights)
        {
            double[] data = Dense.Times(Dense.Transpose(_left), observation);
            double[] expected = Dense.Times(Dense.Transpose(_right), truth);
            double top = 10 * _values[0] / noise;
            return Enumerable.Range(0, weights).Min(k =>
            {
                double penalty = Math.Pow(noise * top * Math.Pow(10, -14.0 * k / weights), 2);
                return Math.Sqrt(_values.Select(
                    (c, i) => Math.Pow((c * data[i] / ((c * c) + penalty)) - expected[i], 2)).Sum());
            });
        }
    }
}
