using System.Globalization;

namespace Retrodict.Data;

/// <summary>What the header of an array in NumPy's NPY format says: the element type, the shape, and how the elements lie in the
/// file.</summary>
/// <remarks>
/// The format is that of <c>numpy.lib.format</c>: the six bytes <c>93 "NUMPY"</c>, two version bytes (1.0, 2.0 or 3.0), the length of the
/// header text in two bytes (1.0) or four (later), little-endian, and a Python dictionary with the keys descr, fortran_order and shape, in
/// Latin-1 or, for version 3.0, UTF-8. The elements follow directly.
/// </remarks>
public sealed class NpyHeader
{
    private readonly int[] _shape;

    private NpyHeader(NumpyType elementType, bool bigEndian, bool fortranOrder, int[] shape)
    {
        ElementType = elementType;
        IsBigEndian = bigEndian;
        IsFortranOrder = fortranOrder;
        _shape = shape;
    }

    /// <summary>The type of every element.</summary>
    public NumpyType ElementType { get; }

    /// <summary>The length of each axis, outermost first; empty for a single number.</summary>
    public ReadOnlySpan<int> Shape => _shape;

    /// <summary>True where elements of several bytes begin with the most significant one.</summary>
    public bool IsBigEndian { get; }

    /// <summary>True where the first index varies fastest in the file (column-major order).</summary>
    public bool IsFortranOrder { get; }

    /// <summary>The bytes the elements take.</summary>
    public long DataBytes => (long)NumpyShape.Count(_shape) * NumpyTypes.Size(ElementType);

    /// <summary>Reads the meaning of a header's text.</summary>
    /// <param name="text">The dictionary.</param>
    /// <param name="label">Names the file, and the array in it, in error messages.</param>
    /// <param name="limits">What the header may ask for.</param>
    /// <exception cref="DataFormatException">The header is malformed, of an unsupported type, or asks for more than the limits
    /// allow.</exception>
    internal static NpyHeader Parse(string text, string label, NumpyLimits limits)
    {
        PythonLiteral dictionary = PythonLiteralParser.Parse(text, label);
        if (dictionary.Kind != PythonLiteralKind.Dictionary)
        {
            throw Refused(label, "the header is not a dictionary with the keys descr, fortran_order and shape");
        }

        PythonLiteral? descriptor = null, order = null, shape = null;
        for (int i = 0; i < dictionary.Items.Count; i += 2)
        {
            PythonLiteral key = dictionary.Items[i];
            ref PythonLiteral? entry = ref descriptor;
            switch (key)
            {
                case { Kind: PythonLiteralKind.Text, Value: "descr" }:
                    break;
                case { Kind: PythonLiteralKind.Text, Value: "fortran_order" }:
                    entry = ref order;
                    break;
                case { Kind: PythonLiteralKind.Text, Value: "shape" }:
                    entry = ref shape;
                    break;
                default:
                    throw Refused(
                        label, $"the header has the unknown key {Quoted.Plain(key.Source)}; only descr, fortran_order and shape are known");
            }

            if (entry is not null)
            {
                throw Refused(label, $"the header has the key {Quoted.Plain(key.Source)} twice");
            }

            entry = dictionary.Items[i + 1];
        }

        (NumpyType type, bool bigEndian) = ReadType(Required(descriptor, "descr", label), label);
        return new NpyHeader(
            type,
            bigEndian,
            ReadOrder(Required(order, "fortran_order", label), label),
            ReadShape(Required(shape, "shape", label), NumpyTypes.Size(type), label, limits));
    }

    private static PythonLiteral Required(PythonLiteral? value, string key, string label)
        => value ?? throw Refused(label, $"the header lacks the key '{key}'");

    private static (NumpyType Type, bool BigEndian) ReadType(PythonLiteral descriptor, string label)
        => descriptor.Kind == PythonLiteralKind.Text && NumpyTypes.TryParse(descriptor.Value, out NumpyType type, out bool bigEndian)
            ? (type, bigEndian)
            : throw Refused(
                label,
                $"the dtype {Quoted.Plain(descriptor.Source)} is not supported; save the array as one of f2, f4, f8, i1, i2, i4, " +
                    "i8, u1, u2, u4, u8 or b1 (array.astype)");

    private static bool ReadOrder(PythonLiteral order, string label)
        => order.Kind == PythonLiteralKind.Boolean
            ? order.Value == "True"
            : throw Refused(label, $"fortran_order is {Quoted.Plain(order.Source)}, neither True nor False");

    private static int[] ReadShape(PythonLiteral shape, int elementSize, string label, NumpyLimits limits)
    {
        if (shape.Kind != PythonLiteralKind.Tuple || shape.Items.Any(item => item.Kind != PythonLiteralKind.Integer))
        {
            throw Refused(label, $"the shape {Quoted.Plain(shape.Source)} is not a tuple of integers");
        }

        if (shape.Items.Count > limits.MaxDimensions)
        {
            throw Refused(label, $"the array has {shape.Items.Count} dimensions, more than the {limits.MaxDimensions} allowed");
        }

        int[] axes = new int[shape.Items.Count];
        for (int axis = 0; axis < axes.Length; axis++)
        {
            string digits = shape.Items[axis].Value;
            if (digits[0] == '-')
            {
                throw Refused(label, $"the shape {Quoted.Plain(shape.Source)} has a negative dimension");
            }

            if (!int.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out axes[axis]))
            {
                throw TooLarge(shape, label, limits);
            }
        }

        int count = NumpyShape.Count(axes);
        return count >= 0 && (long)count * elementSize <= limits.MaxBytes ? axes : throw TooLarge(shape, label, limits);
    }

    private static DataFormatException TooLarge(PythonLiteral shape, string label, NumpyLimits limits)
        => Refused(label, string.Create(
            CultureInfo.InvariantCulture,
            $"the shape {Quoted.Plain(shape.Source)} asks for more than the {limits.MaxBytes} bytes or {Array.MaxLength} elements " +
                $"allowed for one array"));

    private static DataFormatException Refused(string label, string problem) => new($"{label}: {problem}.");
}
