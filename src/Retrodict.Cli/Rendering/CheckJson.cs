using Retrodict.Catalogue;

namespace Retrodict.Cli.Rendering;

/// <summary>The JSON of <c>check</c>.</summary>
internal static class CheckJson
{
    public static void Write(TextWriter output, BenchmarkProblem problem, DerivativeCheck check) => Json.Document(output, json =>
    {
        json.WriteString("problem", problem.Name);
        json.WriteBoolean("passed", check.Passed);
        json.WriteStartArray("checks");
        foreach (CheckedProperty property in check.Properties)
        {
            json.WriteStartObject();
            json.WriteString("name", property.Name);
            json.WriteString("description", property.Description);
            json.Number("error", property.Error);
            json.Number("limit", property.Limit);
            json.WriteBoolean("passed", property.Passed);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });
}
