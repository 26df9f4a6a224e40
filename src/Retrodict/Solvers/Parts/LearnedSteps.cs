namespace Retrodict;

/// <summary>How far the learned steps of a solve have come, and what is said of them afterwards.</summary>
internal sealed class LearnedSteps
{
    private int _learned;
    private int _exact;
    private int _measured;
    private double _first;
    private double _sum;
    private double _largest;
    private double _last;

    /// <summary>Whether learned steps have ended, for the reason that is reported.</summary>
    public bool IsOver => Reason != SafeguardReason.None;

    public SafeguardReason Reason { get; private set; }

    public int Count => _learned;

    public LearnedReport Report => new(
        _learned, _exact, Reason, _measured == 0
            ? double.NaN
            : _first, _sum / _measured, _measured == 0
            ? double.NaN
            : _largest, _measured == 0
            ? double.NaN
            : _last);

    public void Begin() => (_learned, _exact, _measured, _sum, _largest, Reason) = (0, 0, 0, 0, 0, SafeguardReason.None);

    public void End(SafeguardReason reason) => Reason = reason;

    public void AddLearned() => _learned++;

    public void AddExact() => _exact++;

    public void Measure(double composition)
    {
        _first = _measured++ == 0 ? composition : _first;
        _sum += composition;
        _largest = Math.Max(_largest, composition);
        _last = composition;
    }
}
