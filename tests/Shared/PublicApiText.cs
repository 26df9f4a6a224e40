using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Retrodict.Tests.Shared;

/// <summary>
/// The public surface of an assembly as text: a line a type, below it a line a member, in ordinal order. Public and protected things count;
/// members that the compiler writes (of records) and annotations for null do not.
/// </summary>
internal static class PublicApiText
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    public static IEnumerable<string> Of(Assembly assembly) =>
        assembly.GetTypes().Where(IsVisible).OrderBy(TypeNames.Full, StringComparer.Ordinal).SelectMany(Of);

    public static IEnumerable<string> Of(Type type)
    {
        yield return Header(type);
        foreach (string member in Members(type).Order(StringComparer.Ordinal))
        {
            yield return $"  {member}";
        }
    }

    private static bool IsVisible(Type type) =>
        type.IsNested
            ? (type.IsNestedPublic || type.IsNestedFamily || type.IsNestedFamORAssem) && IsVisible(type.DeclaringType!)
            : type.IsPublic;

    private static string Header(Type type)
    {
        string name = TypeNames.Full(type);
        if (typeof(Delegate).IsAssignableFrom(type))
        {
            MethodInfo invoke = type.GetMethod("Invoke")!;
            return $"delegate {name}({Parameters(invoke)}) -> {Result(invoke)}";
        }

        string kind = type.IsEnum ? "enum"
            : type.IsInterface ? "interface"
            : type.IsValueType ? (type.IsDefined(typeof(IsReadOnlyAttribute), false) ? "readonly struct" : "struct")
            : type.IsAbstract && type.IsSealed ? "static class"
            : type.IsAbstract ? "abstract class"
            : type.IsSealed ? "sealed class" : "class";
        var bases = new List<string>();
        if (type is { IsClass: true, BaseType: { } parent } && parent != typeof(object))
        {
            bases.Add(TypeNames.Short(parent));
        }

        if (!type.IsEnum)
        {
            IEnumerable<Type> own = type.GetInterfaces().Except(type.BaseType?.GetInterfaces() ?? []).Where(i => i.IsVisible);
            bases.AddRange(own.Select(TypeNames.Short).Order(StringComparer.Ordinal));
        }

        string constraints = Constraints(type.GetGenericArguments());
        return $"{kind} {name}{(bases.Count > 0 ? " : " : "")}{string.Join(", ", bases)}{constraints}";
    }

    private static IEnumerable<string> Members(Type type)
    {
        if (typeof(Delegate).IsAssignableFrom(type))
        {
            yield break;
        }

        foreach (ConstructorInfo constructor in type.GetConstructors(Declared).Where(c => IsOpen(c) && !IsGenerated(c)))
        {
            yield return $"{Protection(constructor)}constructor({Parameters(constructor)})";
        }

        IEnumerable<FieldInfo> visible = type.GetFields(Declared).Where(f => f.IsPublic || f.IsFamily || f.IsFamilyOrAssembly);
        foreach (FieldInfo field in visible.Where(f => !f.IsSpecialName))
        {
            string value = field.IsLiteral ? $" = {Text(field.GetRawConstantValue())}" : "";
            string kind = field.IsLiteral ? "constant" : $"{(field.IsStatic ? "static " : "")}{(field.IsInitOnly ? "readonly " : "")}field";
            yield return $"{(field.IsPublic ? "" : "protected ")}{kind} {field.Name}: {TypeNames.Short(field.FieldType)}{value}";
        }

        foreach (PropertyInfo property in type.GetProperties(Declared))
        {
            if (property.GetMethod is { } get && IsOpen(get) && !(IsGenerated(property) || property.Name == "EqualityContract"))
            {
                yield return Property(property, get);
            }
        }

        foreach (EventInfo @event in type.GetEvents(Declared).Where(e => IsOpen(e.AddMethod!)))
        {
            yield return $"event {@event.Name}: {TypeNames.Short(@event.EventHandlerType!)}";
        }

        foreach (MethodInfo method in type.GetMethods(Declared))
        {
            bool isAccessor = method.IsSpecialName && !method.Name.StartsWith("op_", StringComparison.Ordinal);
            if (IsOpen(method) && !isAccessor && !IsGenerated(method))
            {
                string generic = method.IsGenericMethod
                    ? $"<{string.Join(", ", method.GetGenericArguments().Select(TypeNames.Short))}>"
                    : "";
                yield return $"{Modifiers(method)}method {method.Name}{generic}({Parameters(method)}) -> {Result(method)}"
                    + Constraints(method.IsGenericMethod ? method.GetGenericArguments() : []);
            }
        }
    }

    private static string Property(PropertyInfo property, MethodInfo get)
    {
        string index = property.GetIndexParameters() is { Length: > 0 } parameters
            ? $"[{string.Join(", ", parameters.Select(Parameter))}]"
            : "";
        string set = property.SetMethod is not { } s || !IsOpen(s) ? ""
            : s.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ? " init;" : " set;";
        string required = property.IsDefined(typeof(RequiredMemberAttribute), false) ? "required " : "";
        return $"{Modifiers(get)}{required}property {property.Name}{index}: {TypeNames.Short(property.PropertyType)} {{ get;{set} }}";
    }

    private static bool IsOpen(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static bool IsGenerated(MemberInfo member) =>
        member.IsDefined(typeof(CompilerGeneratedAttribute), false) || member.Name.StartsWith('<');

    private static string Protection(MethodBase method) => method.IsPublic ? "" : "protected ";

    private static string Modifiers(MethodInfo method)
    {
        string kind = method.IsStatic ? "static "
            : method.DeclaringType!.IsInterface ? ""
            : method.GetBaseDefinition() != method ? "override "
            : method.IsAbstract ? "abstract "
            : method.IsVirtual && !method.IsFinal ? "virtual " : "";
        return Protection(method) + kind;
    }

    private static string Result(MethodInfo method) => TypeNames.Short(method.ReturnType);

    private static string Parameters(MethodBase method) =>
        (method.IsDefined(typeof(ExtensionAttribute), false) ? "this " : "") + string.Join(", ", method.GetParameters().Select(Parameter));

    private static string Parameter(ParameterInfo parameter)
    {
        bool isParams = parameter.IsDefined(typeof(ParamArrayAttribute), false) || parameter.IsDefined(
            typeof(ParamCollectionAttribute), false);
        string by = !parameter.ParameterType.IsByRef ? "" : parameter.IsOut ? "out " : parameter.IsIn ? "in " : "ref ";
        string text = $"{(isParams ? "params " : "")}{by}{TypeNames.Short(parameter.ParameterType)} {parameter.Name}";
        return parameter.HasDefaultValue ? $"{text} = {Text(parameter.RawDefaultValue)}" : text;
    }

    private static string Constraints(Type[] arguments) => string.Concat(arguments.Where(a => a.IsGenericParameter).Select(Constraint));

    private static string Constraint(Type parameter)
    {
        GenericParameterAttributes attributes = parameter.GenericParameterAttributes;
        var parts = new List<string>();
        bool isUnmanaged = parameter.GetCustomAttributesData().Any(a => a.AttributeType.Name == "IsUnmanagedAttribute");
        if (attributes.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint))
        {
            parts.Add(isUnmanaged ? "unmanaged" : "struct");
        }
        else if (attributes.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint))
        {
            parts.Add("class");
        }

        IEnumerable<Type> types = parameter.GetGenericParameterConstraints().Where(c => c != typeof(ValueType));
        parts.AddRange(types.Select(TypeNames.Short).Order(StringComparer.Ordinal));
        if (attributes.HasFlag(GenericParameterAttributes.DefaultConstructorConstraint) && !parts.Contains("struct")
            && !parts.Contains("unmanaged"))
        {
            parts.Add("new()");
        }

        return parts.Count == 0 ? "" : $" where {parameter.Name} : {string.Join(", ", parts)}";
    }

    private static string Text(object? constant) => constant switch
    {
        null => "default",
        string text => $"\"{text}\"",
        bool flag => flag ? "true" : "false",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => constant.ToString()!,
    };
}
