using Retrodict.Catalogue;

namespace Retrodict.Cli.Rendering;

/// <summary>The JSON of <c>data</c>.</summary>
internal static class DataJson
{
    public static void Write(TextWriter output, DataSet data, string path) => Json.Document(output, json =>
    {
        json.WriteString("problem", data.Problem.Name);
        json.WriteString("split", Names.Of(data.Split));
        json.WriteNumber("count", data.Count);
        json.WriteNumber("seed", data.Seed);
        json.WriteString("file", path);
        json.Object("arrays", () =>
        {
            json.Integers("x", [data.Count, data.Problem.Unknowns]);
            json.Integers("y", [data.Count, data.Problem.Observations]);
            json.Integers("y_clean", [data.Count, data.Problem.Observations]);
            json.Integers("y_mean", [data.Problem.Observations]);
            json.Integers("y_std", [data.Problem.Observations]);
        });
    });
}
