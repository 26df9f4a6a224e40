namespace Retrodict.Solvers;

/// <summary>
/// What the decrease of the objective is measured from (Conn, Gould and Toint 2000, Trust-Region Methods, algorithm 10.1.2): the current
/// value, or an earlier one together with what the models have predicted since then, whichever gives the higher gain ratio. The reference
/// is the highest value since the lowest one, taken up when as many steps as are remembered have not gone below the lowest. From there
/// every step goes down until one is the lowest again, which the algorithm there does not ask for: it would wander for ever where the
/// objective is rounding.
/// </summary>
internal sealed class NonmonotoneReference(int memory)
{
    private double _lowest = double.NaN;
    private double _highest;
    private double _reference;
    private double _sinceHighest;
    private double _sinceReference;
    private int _above;
    private bool _spent = memory == 1;

    public void Forget() => (_lowest, _spent) = (double.NaN, memory == 1);

    /// <summary>Starts at an objective, unless started already.</summary>
    public void Begin(double cost)
    {
        if (double.IsNaN(_lowest))
        {
            (_lowest, _highest, _reference, _sinceHighest, _sinceReference, _above) = (cost, cost, cost, 0, 0, 0);
        }
    }

    /// <summary>The gain ratio of a trial that lowers the objective by so much, to this value.</summary>
    public double Gain(double decrease, double trial, double predicted)
    {
        double gain = decrease / predicted;
        return _spent ? gain : Math.Max(gain, (_reference - trial) / (_sinceReference + predicted));
    }

    /// <summary>Whether the trial is low enough, whatever was predicted.</summary>
    public bool Allows(double current, double trial) => trial <= (_spent ? current : Math.Max(current, _reference));

    /// <summary>Notes an accepted step.</summary>
    public void Accept(double cost, double predicted)
    {
        _sinceHighest += predicted;
        _sinceReference += predicted;
        if (cost < _lowest)
        {
            (_lowest, _highest, _sinceHighest, _above, _spent) = (cost, cost, 0, 0, memory == 1);
            return;
        }

        _above++;
        if (cost > _highest)
        {
            (_highest, _sinceHighest) = (cost, 0);
        }

        if (_above == memory - 1)
        {
            (_reference, _sinceReference, _spent) = (_highest, _sinceHighest, true);
        }
    }
}
