// A contraction in which some axes meet shifted. Beside the labels of Contract there are windows: an axis of the left (position x), one of
// the right (k) and one of the result (o), tied by
//     LeftStep x + RightStep k + ResultStep o = Offset    (modulo Period, if that is not 0),
// and an element of the result sums the products of all elements so tied. Machine learning's convolution (a cross-correlation: the kernel
// is not reversed) of stride s and dilation d, with p zeros padded before, reads x = s o + d k - p, so its steps are 1, -d and -s and its
// offset is -p. Positions outside a tensor hold zeros, so padding, and negative padding, need no more than the offset and the result's
// length; with the input's length as period, the input continues periodically instead.
//
// The three tensors play like parts. The transpose for an operand is the same relation with that operand and the result exchanged: the
// transposed convolution (input dilation) has 1 beside the result and s beside the left, the kernel's gradient has the kernel's axis for
// its result. Batching adds a label, to whichever operands carry samples. Groups are labels that all three tensors have. So the set is
// closed without reversing or padding anything.

using System.Globalization;
using Retrodict.Autodiff.Execution;

namespace Retrodict.Autodiff.Primitives;

/// <summary>
/// Convolution of two tensors, generalized so that transposes and batches are convolutions again. Labels 0, 1, ... are the windows; the
/// others are as in <see cref="Contract"/>, and so are strong zeros.
/// </summary>
internal sealed record Convolve(
    Indices Left, Indices Right, Indices Result, Indices LeftSteps, Indices RightSteps, Indices ResultSteps, Indices Offsets,
    Indices Lengths,
    Indices Periods, bool HasStrongZeros = false) : SingleResult
{
    /// <summary>The most windows.</summary>
    public const int MaximumWindows = 3;

    public override string Name => HasStrongZeros ? "chain-convolution" : "convolution";

    /// <summary>The number of windows.</summary>
    public int Windows => Offsets.Count;

    public override string Describe()
    {
        IEnumerable<string> windows = Enumerable.Range(0, Windows).Select(w => string.Create(
            CultureInfo.InvariantCulture,
            $"{Letter(w)}: {LeftSteps[w]} {RightSteps[w]} {ResultSteps[w]} = "
            + $"{Offsets[w]}{(Periods[w] == 0 ? "" : $" mod {Periods[w]}")}, length {Lengths[w]}"));
        return $"{Name}[{Letters(Left)},{Letters(Right)}->{Letters(Result)}; {string.Join("; ", windows)}]";
    }

    /// <summary>
    /// Numbers the labels by first appearance and gives the first step a positive sign, so that equal convolutions are equal primitives.
    /// </summary>
    public Convolve Normalized()
    {
        var numbers = new Dictionary<int, int>();
        for (int w = 0; w < Windows; w++)
        {
            numbers.Add(w, w);
        }

        foreach (int label in (ReadOnlySpan<int>)[.. Left.Span, .. Right.Span])
        {
            numbers.TryAdd(label, numbers.Count);
        }

        Indices left = LeftSteps;
        return this with
        {
            Left = Left.Select(l => numbers[l]),
            Right = Right.Select(l => numbers[l]),
            Result = Result.Select(l => numbers[l]),
            LeftSteps = Signed(LeftSteps),
            RightSteps = Signed(RightSteps),
            ResultSteps = Signed(ResultSteps),
            Offsets = Signed(Offsets),
        };

        Indices Signed(Indices numbers) => Indices.Generate(numbers.Count, w => left[w] < 0 ? -numbers[w] : numbers[w]);
    }

    public override Shape InferShape(ReadOnlySpan<Shape> operands)
    {
        RequireOperands(Name, 2, operands);
        Shape left = operands[0];
        Shape right = operands[1];
        Check(left, right);
        return Shape.Of(Result.Select(
            label => label < Windows ? Lengths[label] : Left.IndexOf(label) is >= 0 and var axis ? left[axis] : right[Right.IndexOf(label)])
                .Span);
    }

    public override Value? Tangent(ReadOnlySpan<Value> operands, Value result, ReadOnlySpan<Value?> tangents)
    {
        Convolve strong = this with { HasStrongZeros = true };
        Value? left = tangents[0] is { } l ? Value.Emit(strong, l, operands[1]) : null;
        Value? right = tangents[1] is { } r ? Value.Emit(strong, operands[0], r) : null;
        return left is null ? right : right is null ? left : left + right;
    }

    public override Value? Cotangent(int operand, ReadOnlySpan<Value?> operands, ReadOnlySpan<Shape> shapes, Value cotangent)
    {
        if (operands[1 - operand] is not { } other)
        {
            return base.Cotangent(operand, operands, shapes, cotangent);
        }

        Convolve transposed = operand == 0
            ? this with { Left = Result, LeftSteps = ResultSteps, Result = Left, ResultSteps = LeftSteps }
            : this with { Right = Result, RightSteps = ResultSteps, Result = Right, ResultSteps = RightSteps };
        Indices lengths = WindowsOf(shapes[operand], operand == 0 ? Left : Right);
        transposed = (transposed with { Lengths = lengths, HasStrongZeros = true }).Normalized();
        return operand == 0 ? Value.Emit(transposed, cotangent, other) : Value.Emit(transposed, other, cotangent);
    }

    public override Value BatchOne(ReadOnlySpan<Value> operands, ReadOnlySpan<bool> batched, int size)
    {
        // An operand without the batch axis keeps its shape: samples with a shared kernel are rows of one product.
        int batch = Left.Count + Right.Count;
        Convolve all = this with
        {
            Left = batched[0] ? Left.Prepend(batch) : Left,
            Right = batched[1] ? Right.Prepend(batch) : Right,
            Result = Result.Prepend(batch),
        };
        return Value.Emit(all.Normalized(), operands);
    }

    public override bool TakesEpilogue => true;

    public override Step<T> Compile<T>(Storage storage)
    {
        (Shape left, Shape right) = (storage.OperandShapes[0], storage.OperandShapes[1]);
        var layout = ConvolutionLayout.Of(this, left, right);
        StrongConvolution? strong = HasStrongZeros ? new StrongConvolution(this, left, right) : null;
        return layout.Long == ConvolutionLayout.Result
            ? new ConvolutionStep<T>(storage, layout, strong)
            : new KernelGradientStep<T>(storage, layout, strong);
    }

    /// <summary>A tensor's lengths along the windows.</summary>
    public Indices WindowsOf(Shape shape, Indices labels) => Indices.Generate(Windows, w => shape[labels.IndexOf(w)]);

    private void Check(Shape left, Shape right)
    {
        if (left.Rank != Left.Count || right.Rank != Right.Count)
        {
            throw new ShapeException($"{Describe()}: the shapes {left} and {right} have {left.Rank} and {right.Rank} axes.");
        }

        bool fits = Windows is >= 1 and <= MaximumWindows;
        for (int w = 0; fits && w < Windows; w++)
        {
            fits = Left.Contains(w) && Right.Contains(w) && Result.Contains(w) && LeftSteps[w] != 0 && RightSteps[w] != 0
                && ResultSteps[w] != 0 && Lengths[w] >= 0
                && Periods[w] >= 0;
        }

        foreach (Indices labels in (ReadOnlySpan<Indices>)[Left, Right, Result])
        {
            // A label that only one tensor has would be a sum or a broadcast.
            fits = fits && labels.Distinct().Count() == labels.Count
                && labels.All(
                    label => (Left.Contains(label) ? 1 : 0) + (Right.Contains(label) ? 1 : 0) + (Result.Contains(label) ? 1 : 0) >= 2);
        }

        if (!fits)
        {
            throw new ShapeException($"{Describe()}: the axes are not those of a convolution of one to three dimensions.");
        }

        for (int axis = 0; axis < Left.Count; axis++)
        {
            if (Left[axis] >= Windows && Right.IndexOf(Left[axis]) is >= 0 and var other && left[axis] != right[other])
            {
                throw new ShapeException(
                    $"{Describe()}: the shapes {left} and {right} do not fit; axis {axis} of the left ({left[axis]}) meets axis {other} "
                    + $"of the right ({right[other]}).");
            }
        }
    }

    private string Letters(Indices labels) => string.Concat(labels.Select(Letter));

    private string Letter(int label) => label < Windows ? ((char)('x' + label)).ToString()
        : label - Windows < 23 ? ((char)('a' + label - Windows)).ToString()
        : $"({label})";
}
