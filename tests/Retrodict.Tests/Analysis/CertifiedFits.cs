using Retrodict.Autodiff;

namespace Retrodict.Tests.Analysis;

/// <summary>A fit with certified results.</summary>
internal sealed record CertifiedFit(
    InverseProblem Problem, double[] Observation, double[] Estimate, double[] StandardDeviations, double ResidualSumOfSquares,
        double ResidualStandardDeviation);

/// <summary>Data and certified values of the NIST/ITL Statistical Reference Datasets, nonlinear regression.</summary>
internal static class CertifiedFits
{
    private static readonly double[] _pressure =
        [77.6, 114.9, 141.1, 190.8, 239.9, 289.0, 332.8, 378.4, 434.8, 477.3, 536.8, 593.1, 689.1, 760.0];

    private static readonly double[] _temperature = [.. Enumerable.Range(0, 16).Select(i => 50.0 + (5 * i))];

    private static readonly double[] _times = [.. Enumerable.Range(0, 24).Select(i => i / 20.0)];

    /// <summary>Of lower difficulty.</summary>
    public static CertifiedFit Misra1a { get; } = new(
        new InverseProblem(b => b[0] * (1 - Value.Exp(-b[1] * Value.Constant(_pressure))), 2),
        [10.07, 14.73, 17.94, 23.93, 29.61, 35.18, 40.02, 44.82, 50.76, 55.05, 61.01, 66.40, 75.47, 81.78],
        [2.3894212918E+02, 5.5015643181E-04],
        [2.7070075241E+00, 7.2668688436E-06],
        1.2455138894E-01,
        1.0187876330E-01);

    /// <summary>Of higher difficulty: parameters of very different sizes, nearly dependent.</summary>
    public static CertifiedFit Mgh10 { get; } = new(
        new InverseProblem(b => b[0] * Value.Exp(b[1] / (Value.Constant(_temperature) + b[2])), 3),
        [34780, 28610, 23650, 19630, 16370, 13720, 11540, 9744, 8261, 7030, 6005, 5147, 4427, 3820, 3307, 2872],
        [5.6096364710E-03, 6.1813463463E+03, 3.4522363462E+02],
        [1.5687892471E-04, 2.3309021107E+01, 7.8486103508E-01],
        8.7945855171E+01,
        2.6009740065E+00);

    /// <summary>Three exponentials, data to four digits.</summary>
    public static CertifiedFit Lanczos3 { get; } = new(
        new InverseProblem(
            b => (b[0] * Value.Exp(-b[1] * Value.Constant(_times))) + (
                b[2] * Value.Exp(-b[3] * Value.Constant(_times))) + (b[4] * Value.Exp(-b[5] * Value.Constant(_times))), 6),
        [
            2.5134, 2.0443, 1.6684, 1.3664, 1.1232, 0.9269, 0.7679, 0.6389, 0.5338, 0.4479, 0.3776, 0.3197,
            0.2720, 0.2325, 0.1997, 0.1723, 0.1493, 0.1301, 0.1138, 0.1000, 0.0883, 0.0783, 0.0698, 0.0624,
        ],
        [8.6816414977E-02, 9.5498101505E-01, 8.4400777463E-01, 2.9515951832E+00, 1.5825685901E+00, 4.9863565084E+00],
        [1.7197908859E-02, 9.7041624475E-02, 4.1488663282E-02, 1.0766312506E-01, 5.8371576281E-02, 3.4436403035E-02],
        1.6117193594E-08,
        2.9923229172E-05);

    public static CertifiedFit Find(string name) => name switch
    {
        nameof(Misra1a) => Misra1a,
        nameof(Mgh10) => Mgh10,
        _ => Lanczos3,
    };
}
