using System.Buffers.Binary;
using System.Text;
using Retrodict.Randomness;

namespace Retrodict.Reliability;

/// <summary>
/// Small damage to bytes, one to four kinds at once: bits and bytes changed, ranges cut, doubled, moved in from another input, numbers at
/// the ends of their types written over others or over digits, and words that formats give a meaning.
/// </summary>
internal static class Mutation
{
    private const int MostBytes = 1 << 16;

    private static readonly byte[][] _words =
    [
        .. new[]
        {
            "0", "-1", "1e999", "-1e-999", "NaN", "Infinity", "-inf", "2147483648", "4294967296", "9223372036854775807",
            "-9223372036854775809", "99999999999999999999999", "0x10", "1,5", ",", ",,", ";", ":", "::", ":x", "\"", "\"\"", "'", "`", "\n",
            "\r", "\r\n", "\0", "\t", "{", "}", "[", "]", "(", "()", ")", "((((((((", "None", "True", "(1,)", "(0,)", "(-1,)",
            "(65536, 65536)", "'<f8'", "'>f2'", "'|O'", "'<U4'", "#", "%", "..", "/", "\\", "~", "*", "**", "^", "^^", "+", "-", "--",
            "if(", "exp(", "log(", "x", "y", "e", "pi", "max(", "<", "<=", "==", "null", "[0,0]", "\"F64\"", "\"BOOL\"", "\"data_offsets\"",
            "é", "−", "\ufeff", "1d5", "1D+400", ".npz", ".npy",
        }.Select(Encoding.UTF8.GetBytes),
    ];

    /// <summary>A damaged copy.</summary>
    /// <param name="input">What is damaged.</param>
    /// <param name="other">Where ranges are taken from.</param>
    /// <param name="random">Chooses.</param>
    public static byte[] Of(byte[] input, byte[] other, RandomStream random)
    {
        List<byte> bytes = [.. input];
        for (int kinds = 1 + random.NextInt(4); kinds > 0; kinds--)
        {
            Damage(bytes, other, random);
        }

        return [.. bytes.Take(MostBytes)];
    }

    private static void Damage(List<byte> bytes, byte[] other, RandomStream random)
    {
        // Headers are short and decide most, so half of the places lie near the beginning.
        int reach = random.NextInt(2) == 0 ? Math.Min(bytes.Count, 160) : bytes.Count;
        int at = reach == 0 ? 0 : random.NextInt(reach);
        int length = Math.Min(bytes.Count - at, 1 + random.NextInt(random.NextInt(4) == 0 ? 64 : 8));
        switch (random.NextInt(9))
        {
            case 0 when bytes.Count > 0:
                bytes[at] ^= (byte)(1 << random.NextInt(8));
                break;
            case 1 when bytes.Count > 0:
                bytes[at] = (byte)random.NextInt(256);
                break;
            case 2:
                bytes.RemoveRange(at, length);
                break;
            case 3:
                bytes.InsertRange(at, bytes.GetRange(at, length));
                break;
            case 4:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            case 5 when other.Length > 0:
                int from = random.NextInt(other.Length);
                bytes.InsertRange(at, other.AsSpan(from, Math.Min(other.Length - from, length)));
                break;
            case 6:
                Overwrite(bytes, at, random);
                break;
            case 7:
                ReplaceDigits(bytes, at, random);
                break;
            default:
                bytes.InsertRange(at, _words[random.NextInt(_words.Length)]);
                break;
        }
    }

    /// <summary>Writes a number at the end of its type over the bytes at a place.</summary>
    private static void Overwrite(List<byte> bytes, int at, RandomStream random)
    {
        Span<byte> number = stackalloc byte[8];
        switch (random.NextInt(6))
        {
            case 0:
                BinaryPrimitives.WriteInt64LittleEndian(number, long.MaxValue);
                break;
            case 1:
                BinaryPrimitives.WriteInt64LittleEndian(number, -1);
                break;
            case 2:
                BinaryPrimitives.WriteDoubleLittleEndian(number, double.NaN);
                break;
            case 3:
                BinaryPrimitives.WriteDoubleLittleEndian(number, double.PositiveInfinity);
                break;
            case 4:
                BinaryPrimitives.WriteInt64LittleEndian(number, int.MinValue);
                break;
            default:
                BinaryPrimitives.WriteUInt64LittleEndian(number, random.NextUInt64());
                break;
        }

        int length = Math.Min(1 << random.NextInt(4), bytes.Count - at);
        for (int i = 0; i < length; i++)
        {
            bytes[at + i] = number[i];
        }
    }

    /// <summary>Puts a word where the next digits stand.</summary>
    private static void ReplaceDigits(List<byte> bytes, int at, RandomStream random)
    {
        int first = bytes.FindIndex(at, value => char.IsAsciiDigit((char)value));
        if (first < 0)
        {
            return;
        }

        int last = first;
        while (last < bytes.Count && char.IsAsciiDigit((char)bytes[last]))
        {
            last++;
        }

        bytes.RemoveRange(first, last - first);
        bytes.InsertRange(first, _words[random.NextInt(_words.Length)]);
    }
}
