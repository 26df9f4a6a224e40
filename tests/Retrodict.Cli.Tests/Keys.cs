using System.Text.Json;

namespace Retrodict.Cli.Tests;

/// <summary>The names of an object's properties, in order.</summary>
internal static class Keys
{
    public static string[] Of(JsonElement element) => [.. element.EnumerateObject().Select(property => property.Name)];
}
