using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Retrodict.Cli.Rendering;

/// <summary>JSON documents, written without reflection.</summary>
internal static class Json
{
    private static readonly JsonWriterOptions _options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes one document, an object, and ends the line.</summary>
    public static void Document(TextWriter output, Action<Utf8JsonWriter> content) => Write(output, _options, content);

    /// <summary>The same on a single line.</summary>
    public static void Line(TextWriter output, Action<Utf8JsonWriter> content) =>
        Write(output, _options with { Indented = false }, content);

    private static void Write(TextWriter output, JsonWriterOptions options, Action<Utf8JsonWriter> content)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, options))
        {
            json.WriteStartObject();
            content(json);
            json.WriteEndObject();
        }

        output.Write(Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length));
        output.WriteLine();
    }

    /// <summary>A number, or null for NaN and infinities, which JSON does not have.</summary>
    public static void Number(this Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value))
        {
            json.WriteNumber(name, value);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    public static void Numbers(this Utf8JsonWriter json, string name, params ReadOnlySpan<double> values)
    {
        json.WritePropertyName(name);
        json.Row(values);
    }

    /// <summary>An array of numbers without a name, such as a row of a matrix.</summary>
    public static void Row(this Utf8JsonWriter json, ReadOnlySpan<double> values)
    {
        json.WriteStartArray();
        foreach (double value in values)
        {
            if (double.IsFinite(value))
            {
                json.WriteNumberValue(value);
            }
            else
            {
                json.WriteNullValue();
            }
        }

        json.WriteEndArray();
    }

    public static void Integers(this Utf8JsonWriter json, string name, IEnumerable<int> values)
    {
        json.WriteStartArray(name);
        foreach (int value in values)
        {
            json.WriteNumberValue(value);
        }

        json.WriteEndArray();
    }

    /// <summary>Where a NaN or an infinity was first met; nothing where none was.</summary>
    public static void NonFinite(this Utf8JsonWriter json, NonFiniteReport? report)
    {
        if (report is not { } found)
        {
            return;
        }

        json.Object("non_finite", () =>
        {
            json.WriteNumber("iteration", found.Iteration);
            json.Position("residual", found.Residual);
            json.WriteNumber("evaluations", found.Evaluations);
        });
    }

    /// <summary>A position; null where there is none.</summary>
    public static void Position(this Utf8JsonWriter json, string name, int position)
    {
        if (position < 0)
        {
            json.WriteNull(name);
        }
        else
        {
            json.WriteNumber(name, position);
        }
    }

    public static void Object(this Utf8JsonWriter json, string name, Action content)
    {
        json.WriteStartObject(name);
        content();
        json.WriteEndObject();
    }
}
