using Retrodict.Numerics;

namespace Retrodict;

/// <summary>A backtracking line search along the projected path x(a) = P(x + a p) (Bertsekas 1982).</summary>
public sealed record ArmijoOptions
{
    private readonly double _sufficientDecrease = 1e-4;
    private readonly double _contraction = 0.5;
    private readonly int _maxBacktracks = 40;
    private readonly int _memory = 1;

    /// <summary>The fraction of the decrease predicted by the gradient that a step must reach; between 0 and 1, default 1e-4.</summary>
    public double SufficientDecrease
    {
        get => _sufficientDecrease;
        init => _sufficientDecrease = Inside(value, nameof(SufficientDecrease));
    }

    /// <summary>The factor by which a rejected step is shortened; between 0 and 1, default 0.5.</summary>
    public double Contraction
    {
        get => _contraction;
        init => _contraction = Inside(value, nameof(Contraction));
    }

    /// <summary>The most times a step is shortened; default 40.</summary>
    public int MaxBacktracks
    {
        get => _maxBacktracks;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value, nameof(MaxBacktracks));
            _maxBacktracks = value;
        }
    }

    /// <summary>How many of the last objectives a trial is compared with: it must be lower than their maximum (Grippo, Lampariello, Lucidi
    /// 1986, A nonmonotone line search technique for Newton's method, SIAM J. Numer. Anal. 23). Default 1: every step goes down.</summary>
    public int Memory
    {
        get => _memory;
        init => _memory = Sizes.Between(value, 1, Sizes.MostRemembered, nameof(Memory));
    }

    private static double Inside(double value, string name) => value is > 0 and < 1
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"{name} must lie between 0 and 1, both excluded.");
}
