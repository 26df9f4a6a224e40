using System.Numerics;
using System.Runtime.InteropServices;

namespace Retrodict.Data;

/// <summary>An n-dimensional array as NumPy files hold it: an element type, a shape and the elements in row-major order. It does not change
/// once made.</summary>
public sealed class NumpyArray
{
    private readonly Array _values;
    private readonly int[] _shape;

    /// <summary>Takes over storage made by this assembly; truth values come as bytes that are 0 or 1.</summary>
    internal NumpyArray(NumpyType elementType, Array values, int[] shape)
    {
        ElementType = elementType;
        _values = values;
        _shape = shape;
    }

    /// <summary>The type of every element.</summary>
    public NumpyType ElementType { get; }

    /// <summary>The length of each axis, outermost first; empty for a single number.</summary>
    public ReadOnlySpan<int> Shape => _shape;

    /// <summary>The number of axes.</summary>
    public int Rank => _shape.Length;

    /// <summary>The number of elements.</summary>
    public int Length => _values.Length;

    /// <summary>The length of the first axis, which in a data set counts the samples; 1 for a single number.</summary>
    public int Rows => _shape.Length == 0 ? 1 : _shape[0];

    /// <summary>The number of elements in each entry of the first axis: the product of the other axes, 1 for a vector or a single
    /// number.</summary>
    public int RowLength
    {
        get
        {
            int length = 1;
            for (int axis = 1; axis < _shape.Length; axis++)
            {
                length *= _shape[axis];
            }

            return length;
        }
    }

    /// <summary>Makes a vector of copied values.</summary>
    /// <typeparam name="T">One of the .NET types that <see cref="NumpyType"/> lists.</typeparam>
    /// <param name="values">The elements.</param>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> has no NumPy element type here.</exception>
    public static NumpyArray Create<T>(ReadOnlySpan<T> values)
        where T : unmanaged
        => Create(values, [values.Length]);

    /// <summary>Makes an array of copied values.</summary>
    /// <typeparam name="T">One of the .NET types that <see cref="NumpyType"/> lists.</typeparam>
    /// <param name="values">The elements in row-major order.</param>
    /// <param name="shape">The length of each axis; <c>[]</c> for a single number.</param>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> has no NumPy element type here.</exception>
    /// <exception cref="ArgumentException">The shape has a negative axis or does not hold exactly the values given.</exception>
    public static NumpyArray Create<T>(ReadOnlySpan<T> values, params ReadOnlySpan<int> shape)
        where T : unmanaged
    {
        NumpyType type = NumpyTypes.Of<T>()
            ?? throw new NotSupportedException(
                $"NumPy arrays of {typeof(T).Name} are not supported; use one of {string.Join(", ", Enum.GetNames<NumpyType>())}.");
        if (NumpyShape.Count(shape) != values.Length)
        {
            throw new ArgumentException(
                $"The shape {NumpyShape.Format(shape)} does not hold {values.Length} values: its axes must be non-negative and " +
                    "multiply to that number.", nameof(shape));
        }

        return new NumpyArray(type, type == NumpyType.Boolean ? Truth(MemoryMarshal.AsBytes(values)) : values.ToArray(), shape.ToArray());
    }

    /// <summary>The elements without conversion, in row-major order.</summary>
    /// <typeparam name="T">The .NET type that belongs to <see cref="ElementType"/>.</typeparam>
    /// <param name="values">The elements, or an empty span.</param>
    /// <returns>False where the elements are of another type.</returns>
    public bool TryGetSpan<T>(out ReadOnlySpan<T> values)
        where T : unmanaged
    {
        bool matches = NumpyTypes.Of<T>() == ElementType;
        values = !matches ? default
            : typeof(T) == typeof(bool) ? MemoryMarshal.Cast<byte, T>((byte[])_values)
            : (T[])_values;
        return matches;
    }

    /// <summary>The elements as doubles in row-major order; exact but for 64-bit integers beyond 2^53, which are rounded to the nearest
    /// double.</summary>
    public double[] ToDoubles() => Converted<double>();

    /// <summary>The elements as floats in row-major order, rounded to the nearest float; doubles beyond its range become
    /// infinite.</summary>
    public float[] ToSingles() => Converted<float>();

    /// <summary>Copies all elements, converted, in row-major order.</summary>
    /// <typeparam name="T">The floating-point type wanted.</typeparam>
    /// <param name="destination">Takes the elements; exactly <see cref="Length"/> long.</param>
    /// <exception cref="ArgumentException">The destination has another length.</exception>
    public void CopyTo<T>(Span<T> destination)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        RequireLength(destination.Length, Length, nameof(destination));
        CopyFrom(0, destination);
    }

    /// <summary>Copies one entry of the first axis, converted, in row-major order.</summary>
    /// <typeparam name="T">The floating-point type wanted.</typeparam>
    /// <param name="row">The index on the first axis, from 0 below <see cref="Rows"/>.</param>
    /// <param name="destination">Takes the elements; exactly <see cref="RowLength"/> long.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    /// <exception cref="ArgumentException">The destination has another length.</exception>
    public void CopyRow<T>(int row, Span<T> destination)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, Rows);
        RequireLength(destination.Length, RowLength, nameof(destination));
        CopyFrom(row * RowLength, destination);
    }

    /// <summary>The elements as stored, for writers.</summary>
    internal T[] Storage<T>() => (T[])_values;

    /// <summary>Bytes as truth values: a .NET bool that is neither 0 nor 1 would compare unequal to true, so every other byte becomes
    /// 1.</summary>
    internal static byte[] Truth(ReadOnlySpan<byte> bytes)
    {
        byte[] truth = bytes.ToArray();
        foreach (ref byte value in truth.AsSpan())
        {
            value = value == 0 ? (byte)0 : (byte)1;
        }

        return truth;
    }

    private static void RequireLength(int actual, int needed, string name)
    {
        if (actual != needed)
        {
            throw new ArgumentException($"The destination holds {actual} elements where {needed} are needed.", name);
        }
    }

    private T[] Converted<T>()
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T[] converted = new T[Length];
        CopyFrom(0, converted.AsSpan());
        return converted;
    }

    private void CopyFrom<T>(int start, Span<T> destination)
        where T : unmanaged, IFloatingPointIeee754<T>
        => NumpyTypes.Dispatch<Conversion<T>, int>(ElementType, new Conversion<T>(_values, start, destination));

    private readonly ref struct Conversion<TTo>(Array values, int start, Span<TTo> destination) : INumpyVisitor<int>
        where TTo : unmanaged, IFloatingPointIeee754<TTo>
    {
        private readonly Span<TTo> _destination = destination;

        public int Visit<TFrom>()
            where TFrom : unmanaged, INumber<TFrom>
        {
            ReadOnlySpan<TFrom> source = ((TFrom[])values).AsSpan(start, _destination.Length);
            for (int i = 0; i < source.Length; i++)
            {
                _destination[i] = TTo.CreateTruncating(source[i]);
            }

            return source.Length;
        }
    }
}
