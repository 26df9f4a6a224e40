namespace Retrodict.Tests.Shared;

/// <summary>Names of types as C# writes them.</summary>
internal static class TypeNames
{
    private static readonly Dictionary<Type, string> _keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(object)] = "object",
        [typeof(string)] = "string",
        [typeof(bool)] = "bool",
        [typeof(byte)] = "byte",
        [typeof(char)] = "char",
        [typeof(short)] = "short",
        [typeof(int)] = "int",
        [typeof(uint)] = "uint",
        [typeof(long)] = "long",
        [typeof(ulong)] = "ulong",
        [typeof(float)] = "float",
        [typeof(double)] = "double",
    };

    /// <summary>With the namespace and the type parameters.</summary>
    public static string Full(Type type) => string.IsNullOrEmpty(type.Namespace) ? Short(type) : $"{type.Namespace}.{Short(type)}";

    /// <summary>Without namespaces.</summary>
    public static string Short(Type type)
    {
        if (_keywords.TryGetValue(type, out string? keyword))
        {
            return keyword;
        }

        if (type.IsByRef || type.IsPointer)
        {
            return Short(type.GetElementType()!) + (type.IsPointer ? "*" : "");
        }

        if (type.IsArray)
        {
            return $"{Short(type.GetElementType()!)}[{new string(',', type.GetArrayRank() - 1)}]";
        }

        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return $"{Short(underlying)}?";
        }

        if (type.IsGenericType && type.GetGenericTypeDefinition().FullName!.StartsWith("System.ValueTuple`", StringComparison.Ordinal))
        {
            return $"({string.Join(", ", type.GetGenericArguments().Select(Short))})";
        }

        return Nested(type);
    }

    private static string Nested(Type type)
    {
        Type[] all = type.GetGenericArguments();
        int outer = type is { IsNested: true, IsGenericParameter: false } ? type.DeclaringType!.GetGenericArguments().Length : 0;
        string prefix = type is { IsNested: true, IsGenericParameter: false } ? $"{Outer(type.DeclaringType!, all)}." : "";
        string name = type.Name.Split('`')[0];
        return all.Length > outer ? $"{prefix}{name}<{string.Join(", ", all[outer..].Select(Short))}>" : prefix + name;
    }

    private static string Outer(Type type, Type[] arguments)
    {
        int count = type.GetGenericArguments().Length;
        return Short(count == 0 ? type : type.MakeGenericType(arguments[..count]));
    }
}
