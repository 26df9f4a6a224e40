using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Retrodict.Numerics;

namespace Retrodict.Solvers;

/// <summary>
/// S^T S, S^T Y and Y^T Y of remembered pairs over a set of unknowns, brought up to date with new pairs and with changes of the set instead
/// of computed anew (Byrd, Lu, Nocedal, Zhu 1995, section 5.4): a product lives no longer than its older pair, so rounding does not pile
/// up.
/// </summary>
internal sealed class PairProducts
{
    private readonly CurvaturePairs _pairs;
    private readonly bool[] _members;
    private readonly double[] _step;
    private readonly double[] _change;
    private readonly double[] _products;
    private readonly int _stride;
    private long _forgotten;
    private int _known;

    public PairProducts(CurvaturePairs pairs)
    {
        _pairs = pairs;

        // Whole vectors; what lies beyond the pairs is zero.
        _stride = (pairs.Capacity + Vector256<double>.Count - 1) / Vector256<double>.Count * Vector256<double>.Count;
        _members = new bool[pairs.Unknowns];
        _step = new double[Math.Max(pairs.Unknowns, _stride)];
        _change = new double[Math.Max(pairs.Unknowns, _stride)];
        _products = new double[pairs.Capacity];
        StepSteps = new double[_stride * _stride];
        StepChanges = new double[_stride * _stride];
        ChangeChanges = new double[_stride * _stride];
    }

    /// <summary>S^T S, rows at the distance <see cref="Stride"/>; zero beyond the pairs.</summary>
    public double[] StepSteps { get; }

    /// <summary>S^T Y.</summary>
    public double[] StepChanges { get; }

    /// <summary>Y^T Y.</summary>
    public double[] ChangeChanges { get; }

    /// <summary>The distance of rows, of whole vectors.</summary>
    public int Stride => _stride;

    /// <summary>Brings the products over all unknowns up to date.</summary>
    public void Update()
    {
        DropForgotten();
        for (; _known < _pairs.Count; _known++)
        {
            Append(_known, _pairs.Step(_known), _pairs.Change(_known));
        }
    }

    /// <summary>Brings the products over some unknowns up to date.</summary>
    /// <param name="members">Which unknowns.</param>
    public void Update(ReadOnlySpan<bool> members)
    {
        DropForgotten();
        int all = members.Count(true);
        int changed = 0;
        for (int i = 0; i < members.Length; i++)
        {
            changed += members[i] != _members[i] ? 1 : 0;
        }

        if (changed > 0 && changed >= all)
        {
            Array.Clear(StepSteps);
            Array.Clear(StepChanges);
            Array.Clear(ChangeChanges);
            Array.Clear(_members);
            changed = all;
        }

        for (int i = 0; i < members.Length && changed > 0; i++)
        {
            if (members[i] != _members[i])
            {
                AddUnknown(i, members[i] ? 1 : -1);
                changed--;
            }
        }

        members.CopyTo(_members);
        int n = members.Length;
        for (; _known < _pairs.Count; _known++)
        {
            ReadOnlySpan<double> step = _pairs.Step(_known);
            ReadOnlySpan<double> change = _pairs.Change(_known);
            for (int i = 0; i < n && all > 0; i++)
            {
                (_step[i], _change[i]) = members[i] ? (step[i], change[i]) : (0, 0);
            }

            if (all > 0)
            {
                Append(_known, _step.AsSpan(0, n), _change.AsSpan(0, n));
            }
        }
    }

    /// <summary>The products of a pair with itself and those before it.</summary>
    private void Append(int k, ReadOnlySpan<double> step, ReadOnlySpan<double> change)
    {
        int length = (k + 1) * _pairs.Unknowns;
        Span<double> products = _products.AsSpan(0, k + 1);
        LongRows.Times(_pairs.Steps[..length], step, products);
        Column(StepSteps, k);
        products.CopyTo(StepSteps.AsSpan(k * _stride));
        LongRows.Times(_pairs.Changes[..length], step, products);
        products.CopyTo(StepChanges.AsSpan(k * _stride));
        LongRows.Times(_pairs.Steps[..length], change, products);
        Column(StepChanges, k);
        LongRows.Times(_pairs.Changes[..length], change, products);
        Column(ChangeChanges, k);
        products.CopyTo(ChangeChanges.AsSpan(k * _stride));
    }

    private void Column(double[] matrix, int k)
    {
        for (int i = 0; i <= k; i++)
        {
            matrix[(i * _stride) + k] = _products[i];
        }
    }

    /// <summary>Adds or takes away what one unknown gives to the products.</summary>
    private void AddUnknown(int index, double sign)
    {
        int n = _pairs.Unknowns;
        _step.AsSpan(0, _stride).Clear();
        _change.AsSpan(0, _stride).Clear();
        for (int k = 0; k < _known; k++)
        {
            _step[k] = _pairs.Steps[(k * n) + index];
            _change[k] = _pairs.Changes[(k * n) + index];
        }

        ReadOnlySpan<Vector256<double>> steps = MemoryMarshal.Cast<double, Vector256<double>>(_step.AsSpan(0, _stride));
        ReadOnlySpan<Vector256<double>> changes = MemoryMarshal.Cast<double, Vector256<double>>(_change.AsSpan(0, _stride));
        Span<Vector256<double>> stepSteps = MemoryMarshal.Cast<double, Vector256<double>>(StepSteps.AsSpan());
        Span<Vector256<double>> stepChanges = MemoryMarshal.Cast<double, Vector256<double>>(StepChanges.AsSpan());
        Span<Vector256<double>> changeChanges = MemoryMarshal.Cast<double, Vector256<double>>(ChangeChanges.AsSpan());
        int at = 0;
        for (int k = 0; k < _known; k++)
        {
            Vector256<double> step = Vector256.Create(sign * _step[k]);
            Vector256<double> change = Vector256.Create(sign * _change[k]);
            for (int j = 0; j < steps.Length; j++, at++)
            {
                stepSteps[at] = Vector256.FusedMultiplyAdd(step, steps[j], stepSteps[at]);
                stepChanges[at] = Vector256.FusedMultiplyAdd(step, changes[j], stepChanges[at]);
                changeChanges[at] = Vector256.FusedMultiplyAdd(change, changes[j], changeChanges[at]);
            }
        }
    }

    /// <summary>Moves what is kept to the front, and clears what it leaves behind.</summary>
    private void DropForgotten()
    {
        int dropped = (int)Math.Min(_pairs.Forgotten - _forgotten, _known);
        _forgotten = _pairs.Forgotten;
        if (dropped > 0)
        {
            _known -= dropped;
            Shift(StepSteps, dropped);
            Shift(StepChanges, dropped);
            Shift(ChangeChanges, dropped);
        }
    }

    private void Shift(double[] matrix, int dropped)
    {
        for (int i = 0; i < _known; i++)
        {
            Span<double> row = matrix.AsSpan(i * _stride, _stride);
            matrix.AsSpan(((i + dropped) * _stride) + dropped, _known).CopyTo(row);
            row[_known..].Clear();
        }

        matrix.AsSpan(_known * _stride).Clear();
    }
}
