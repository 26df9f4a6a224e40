using System.Globalization;
using System.Text;

namespace Retrodict.Data;

/// <summary>The characters of a CSV file, within limits.</summary>
internal static class CsvText
{
    private const int Block = 1 << 15;

    /// <summary>What old systems end a text with.</summary>
    private const char EndOfText = '\u001A';

    public static string Read(Stream stream, string label, CsvOptions options)
    {
        using var reader = new StreamReader(
            stream, options.Encoding ?? new UTF8Encoding(
                false, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: true, leaveOpen: true);
        var text = new StringBuilder();
        var block = new char[Block];
        try
        {
            while (reader.Read(block, 0, Block) is var count and > 0)
            {
                ReadOnlySpan<char> characters = block.AsSpan(0, count);
                if (characters.Contains('\0'))
                {
                    throw new DataFormatException($"{label} has a zero byte, so it is no text file.");
                }

                if (text.Length + count > options.Limits.MaxCharacters)
                {
                    throw new DataFormatException(string.Create(CultureInfo.InvariantCulture, $"{label} has more than " +
                        $"{options.Limits.MaxCharacters} characters, the limit."));
                }

                text.Append(characters);
            }
        }
        catch (DecoderFallbackException e)
        {
            throw new DataFormatException($"{label} is not UTF-8 text; save it as UTF-8, or say what it is (--encoding latin-1).", e);
        }

        return text.ToString().TrimEnd(EndOfText);
    }
}
