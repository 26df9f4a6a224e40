using System.Numerics;
using Retrodict.Autodiff.Kernels;
using Retrodict.Autodiff.Primitives;

namespace Retrodict.Autodiff.Execution;

/// <summary>
/// Gives a convolution that has been computed strong zeros, as <see cref="StrongProduct"/> does for matrix products: where an operand is
/// not finite, elements that are NaN are summed again, straight from the definition. (The kernels multiply zeros of their own with the
/// image, too, where positions run over the ends of lines.)
/// </summary>
internal sealed unsafe class StrongConvolution
{
    private readonly Convolve _convolution;
    private readonly Shape _result;
    private readonly int[][] _lengths;
    private readonly int[][] _strides;

    // Of the result's axes and of the labels summed over; those of windows are apart.
    private readonly (int Left, int Right)[] _freeStrides;
    private readonly (int Length, int Left, int Right)[] _summed;

    public StrongConvolution(Convolve convolution, Shape left, Shape right)
    {
        _convolution = convolution;
        _result = convolution.InferShape([left, right]);
        _lengths = [[.. convolution.WindowsOf(left, convolution.Left)], [.. convolution.WindowsOf(right, convolution.Right)]];
        (int[] leftStrides, int[] rightStrides) = (left.Strides(), right.Strides());
        _strides =
        [
            [.. Enumerable.Range(0, convolution.Windows).Select(w => leftStrides[convolution.Left.IndexOf(w)])],
            [.. Enumerable.Range(0, convolution.Windows).Select(w => rightStrides[convolution.Right.IndexOf(w)])],
        ];
        _freeStrides =
            [.. convolution.Result.Select(label => label < convolution.Windows ? (0, 0) : (LeftStride(label), RightStride(label)))];
        _summed =
        [
            .. convolution.Left.Where(label => !convolution.Result.Contains(label))
                .Select(label => (left[convolution.Left.IndexOf(label)], LeftStride(label), RightStride(label))),
        ];

        int LeftStride(int label) => convolution.Left.IndexOf(label) is >= 0 and var axis ? leftStrides[axis] : 0;
        int RightStride(int label) => convolution.Right.IndexOf(label) is >= 0 and var axis ? rightStrides[axis] : 0;
    }

    /// <summary>Mends elements of the result.</summary>
    /// <param name="left">The left operand.</param>
    /// <param name="right">The right operand.</param>
    /// <param name="result">The result.</param>
    /// <param name="from">The first element to look at.</param>
    /// <param name="end">The one behind the last.</param>
    public void Mend<T>(ReadOnlySpan<T> left, ReadOnlySpan<T> right, Span<T> result, int from, int end)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (!Finiteness.HasNaN<T>(result[from..end]) || (Finiteness.AllFinite(left) && Finiteness.AllFinite(right)))
        {
            return;
        }

        bool isZero = Finiteness.AllZero(left) || Finiteness.AllZero(right);
        Span<int> positions = stackalloc int[Convolve.MaximumWindows];
        fixed (T* x = left, y = right)
        {
            for (int i = from; i < end; i++)
            {
                if (T.IsNaN(result[i]))
                {
                    result[i] = isZero ? T.Zero : Element(x, y, i, positions);
                }
            }
        }
    }

    private T Element<T>(T* left, T* right, int index, Span<int> positions)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int axis = _result.Rank - 1; axis >= 0; axis--)
        {
            (index, int at) = Math.DivRem(index, _result[axis]);
            left += at * _freeStrides[axis].Left;
            right += at * _freeStrides[axis].Right;
            if (_convolution.Result[axis] < _convolution.Windows)
            {
                positions[_convolution.Result[axis]] = at;
            }
        }

        var sum = default(StrongSum<T>);
        AddSummed(ref sum, 0, left, right, positions);
        return sum.Value;
    }

    private void AddSummed<T>(ref StrongSum<T> sum, int number, T* left, T* right, ReadOnlySpan<int> positions)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (number == _summed.Length)
        {
            AddWindow(ref sum, 0, left, right, positions);
            return;
        }

        (int length, int leftStride, int rightStride) = _summed[number];
        for (int i = 0; i < length && !sum.IsDecided; i++)
        {
            AddSummed(ref sum, number + 1, left + ((nint)i * leftStride), right + ((nint)i * rightStride), positions);
        }
    }

    /// <summary>
    /// Adds the terms of a window and those behind it: all x and k with a x + b k + c o = d, modulo the period if there is one.
    /// </summary>
    private void AddWindow<T>(ref StrongSum<T> sum, int w, T* left, T* right, ReadOnlySpan<int> positions)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (w == _convolution.Windows)
        {
            sum.Add(*left, *right);
            return;
        }

        long sign = Math.Sign(_convolution.LeftSteps[w]);
        long step = sign * _convolution.LeftSteps[w];
        long period = _convolution.Periods[w];
        long last = step * (_lengths[0][w] - 1);
        for (int k = 0; k < _lengths[1][w] && !sum.IsDecided; k++)
        {
            long distance = sign
                * (_convolution.Offsets[w] - ((long)_convolution.RightSteps[w] * k) - ((long)_convolution.ResultSteps[w] * positions[w]));
            if (period > 0)
            {
                distance = ((distance % period) + period) % period;
            }

            for (; distance >= 0 && distance <= last; distance += period)
            {
                if (distance % step == 0)
                {
                    AddWindow(
                        ref sum, w + 1, left + ((nint)(distance / step) * _strides[0][w]), right + ((nint)k * _strides[1][w]), positions);
                }

                if (period == 0)
                {
                    break;
                }
            }
        }
    }
}
