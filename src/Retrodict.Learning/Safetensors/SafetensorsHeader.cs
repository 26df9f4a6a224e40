using System.Globalization;
using System.Text.Json;
using System.Text.Unicode;
using Retrodict.Data;

namespace Retrodict.Learning;

/// <summary>Reads and checks the header of a safetensors file.</summary>
internal sealed class SafetensorsHeader
{
    public const string MetadataName = "__metadata__";

    // The deepest place is a number in a tensor's shape.
    private const int MaxDepth = 3;

    private readonly string _label;
    private readonly SafetensorsLimits _limits;
    private readonly Dictionary<string, SafetensorsEntry> _entries = new(StringComparer.Ordinal);
    private Dictionary<string, string>? _metadata;

    private SafetensorsHeader(string label, SafetensorsLimits limits)
    {
        _label = label;
        _limits = limits;
    }

    /// <summary>The tensors by their places, and the metadata.</summary>
    public static (SafetensorsEntry[] Entries, Dictionary<string, string> Metadata) Parse(
        ReadOnlySpan<byte> text, string label, SafetensorsLimits limits)
    {
        var header = new SafetensorsHeader(label, limits);
        try
        {
            header.ReadAll(text);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // A text with an escaped half of a surrogate pair is an InvalidOperationException.
            throw new DataFormatException($"{label}: the header is not JSON ({Quoted.Plain(e.Message)})", e);
        }

        SafetensorsEntry[] entries = [.. header._entries.Values.OrderBy(entry => entry.Begin).ThenBy(entry => entry.End)];
        header.CheckPlaces(entries);
        return (entries, header._metadata ?? []);
    }

    private void ReadAll(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty || text[0] != (byte)'{')
        {
            throw Damaged("the header does not begin with {");
        }

        if (!Utf8.IsValid(text))
        {
            throw Damaged("the header is not UTF-8");
        }

        var json = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = MaxDepth });
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            string name = json.GetString()!;
            if (name == MetadataName ? _metadata is not null : _entries.ContainsKey(name))
            {
                throw Damaged($"the header has the name {Quoted.Name(name)} twice");
            }

            json.Read();
            if (name == MetadataName)
            {
                _metadata = ReadMetadata(ref json);
            }
            else
            {
                _entries.Add(name, ReadEntry(ref json, name));
            }
        }

        // To the end, so that anything but spaces after the object is found.
        while (json.Read())
        {
        }
    }

    private Dictionary<string, string> ReadMetadata(ref Utf8JsonReader json)
    {
        Require(json.TokenType == JsonTokenType.StartObject, $"{MetadataName} is not an object");
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            string name = json.GetString()!;
            json.Read();
            Require(
                json.TokenType == JsonTokenType.String, $"the metadata {Quoted.Name(name)} is not a text; only texts are allowed there");
            Require(metadata.TryAdd(name, json.GetString()!), $"the metadata has the name {Quoted.Name(name)} twice");
        }

        return metadata;
    }

    private SafetensorsEntry ReadEntry(ref Utf8JsonReader json, string name)
    {
        string label = $"the tensor {Quoted.Name(name)}";
        Require(json.TokenType == JsonTokenType.StartObject, $"{label} is not an object with dtype, shape and data_offsets");
        string? type = null;
        List<long>? shape = null, offsets = null;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            string key = json.GetString()!;
            json.Read();
            switch (key)
            {
                case "dtype" when type is null:
                    Require(json.TokenType == JsonTokenType.String, $"the dtype of {label} is not a text");
                    type = json.GetString();
                    break;
                case "shape" when shape is null:
                    shape = ReadNumbers(ref json, $"the shape of {label}", _limits.MaxDimensions);
                    break;
                case "data_offsets" when offsets is null:
                    offsets = ReadNumbers(ref json, $"data_offsets of {label}", 2);
                    break;
                case "dtype" or "shape" or "data_offsets":
                    throw Damaged($"{label} has the key '{key}' twice");
                default:
                    throw Damaged($"{label} has the unknown key {Quoted.Name(key)}; only dtype, shape and data_offsets are known");
            }
        }

        Require(type is not null && shape is not null && offsets is not null, $"{label} lacks one of dtype, shape and data_offsets");
        Require(
            TensorTypes.TryParse(type!, out TensorType known),
            $"{label} has the dtype {Quoted.Name(type!)}; known are {TensorTypes.Known}");
        Require(offsets!.Count == 2 && offsets[0] <= offsets[1], $"data_offsets of {label} are not a begin and an end after it");
        return new SafetensorsEntry(name, known, CheckShape(shape!, known, offsets[1] - offsets[0], label), offsets[0], offsets[1]);
    }

    private List<long> ReadNumbers(ref Utf8JsonReader json, string label, int most)
    {
        Require(json.TokenType == JsonTokenType.StartArray, $"{label} is not a list");
        var numbers = new List<long>();
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            long number = 0;
            Require(
                json.TokenType == JsonTokenType.Number && json.TryGetInt64(out number) && number >= 0,
                $"{label} has an element that is not a whole number from 0 to {long.MaxValue}");
            Require(numbers.Count < most, $"{label} has more than the {most} elements allowed");
            numbers.Add(number);
        }

        return numbers;
    }

    private int[] CheckShape(List<long> shape, TensorType type, long bytes, string label)
    {
        UInt128 needed = (UInt128)TensorTypes.Size(type);
        bool overflow = false;
        foreach (long length in shape)
        {
            // A zero further on would hide what the lengths before it overflow, so each is bounded alone.
            overflow |= length > Array.MaxLength || needed > long.MaxValue;
            needed *= overflow ? 0 : (UInt128)length;
        }

        Require(
            !overflow && needed <= (UInt128)Array.MaxLength && (long)needed <= _limits.MaxBytes,
            $"the shape of {label} asks for more bytes than allowed for a tensor");
        Require((long)needed == bytes, $"{label} needs {(long)needed} bytes for its shape, but data_offsets give it {bytes}");
        return [.. shape.Select(length => (int)length)];
    }

    private void CheckPlaces(SafetensorsEntry[] entries)
    {
        long covered = 0;
        foreach (SafetensorsEntry entry in entries)
        {
            Require(entry.Begin >= covered, $"the tensor {Quoted.Name(entry.Name)} overlaps another");
            Require(
                entry.Begin == covered, $"nothing covers the bytes {covered} to {entry.Begin} before the tensor {Quoted.Name(entry.Name)}");
            covered = entry.End;
        }

        Require(covered <= _limits.MaxBytes, $"the tensors take {covered} bytes, more than the {_limits.MaxBytes} allowed");
    }

    private void Require(bool condition, FormattableString problem)
    {
        if (!condition)
        {
            throw Damaged(problem.ToString(CultureInfo.InvariantCulture));
        }
    }

    private DataFormatException Damaged(string problem) => new($"{_label}: {problem}.");
}
