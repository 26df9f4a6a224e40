using Retrodict.Autodiff;
using Retrodict.Randomness;

namespace Retrodict.Learning;

/// <summary>
/// Where named parameters lie in one flat vector: in order, row-major, without gaps. Parameters, their gradient and an optimizer's moments
/// are each one such vector; programs read and write windows of it, so nothing is copied between training steps.
/// </summary>
public sealed class ParameterLayout
{
    private readonly Parameter[] _parameters;
    private readonly int[] _offsets;
    private readonly Dictionary<string, int> _indices = new(StringComparer.Ordinal);

    /// <summary>A layout of parameters in the order given.</summary>
    /// <param name="parameters">The parameters; names must differ.</param>
    /// <exception cref="ArgumentException">A name is empty or stands twice, or there are more elements than an array can hold.</exception>
    public ParameterLayout(IEnumerable<Parameter> parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        _parameters = [.. parameters];
        _offsets = new int[_parameters.Length];
        long length = 0;
        for (int i = 0; i < _parameters.Length; i++)
        {
            Parameter parameter = _parameters[i] ?? throw new ArgumentException($"Parameter {i} is null.", nameof(parameters));
            ArgumentException.ThrowIfNullOrEmpty(parameter.Name, nameof(parameters));
            if (!_indices.TryAdd(parameter.Name, i))
            {
                throw new ArgumentException(
                    $"Two parameters are called '{parameter.Name}'; give the networks different names.", nameof(parameters));
            }

            _offsets[i] = (int)length;
            length += parameter.Shape.ElementCount;
            if (length > Array.MaxLength)
            {
                throw new ArgumentException(
                    $"The parameters up to '{parameter.Name}' have more than {Array.MaxLength} elements.", nameof(parameters));
            }
        }

        Length = (int)length;
        Inputs = Array.AsReadOnly(Array.ConvertAll(_parameters, parameter => (parameter.Name, parameter.Shape)));
    }

    /// <summary>The parameters, in order.</summary>
    public IReadOnlyList<Parameter> Parameters => _parameters;

    /// <summary>The number of elements of the flat vector.</summary>
    public int Length { get; }

    /// <summary>Names and shapes, in order, as <c>Function.Trace</c> takes inputs.</summary>
    public IReadOnlyList<(string Name, Shape Shape)> Inputs { get; }

    /// <summary>Layouts one after the other, for training several networks at once.</summary>
    /// <param name="layouts">The layouts.</param>
    /// <exception cref="ArgumentException">A name stands twice.</exception>
    public static ParameterLayout Concatenate(params ReadOnlySpan<ParameterLayout> layouts)
    {
        var all = new List<Parameter>();
        foreach (ParameterLayout layout in layouts)
        {
            all.AddRange(layout._parameters);
        }

        return new ParameterLayout(all);
    }

    /// <summary>Whether there is a parameter of a name.</summary>
    /// <param name="name">The name.</param>
    public bool Contains(string name) => _indices.ContainsKey(name);

    /// <summary>Where a parameter's elements start in the flat vector.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="KeyNotFoundException">There is no such parameter.</exception>
    public int Offset(string name) => _offsets[Index(name)];

    /// <summary>A parameter's window of a flat vector.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="vector">A vector of <see cref="Length"/> elements.</param>
    /// <exception cref="KeyNotFoundException">There is no such parameter.</exception>
    public Span<float> Window(string name, Span<float> vector)
    {
        CheckLength(vector.Length, nameof(vector));
        int index = Index(name);
        return vector.Slice(_offsets[index], _parameters[index].Shape.ElementCount);
    }

    /// <summary>A parameter's window of a flat vector that is only read; see <see cref="Window(string, Span{float})"/>.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="vector">A vector of <see cref="Length"/> elements.</param>
    /// <exception cref="KeyNotFoundException">There is no such parameter.</exception>
    public ReadOnlySpan<float> Window(string name, ReadOnlySpan<float> vector)
    {
        CheckLength(vector.Length, nameof(vector));
        int index = Index(name);
        return vector.Slice(_offsets[index], _parameters[index].Shape.ElementCount);
    }

    /// <summary>
    /// A flat vector with every parameter as its initializer makes it. Each draws from the child stream of its own name, so a network's
    /// values do not depend on what else is initialized.
    /// </summary>
    /// <param name="random">The stream.</param>
    /// <exception cref="ArgumentException">Given values do not fit a shape.</exception>
    public float[] Initialize(RandomStream random)
    {
        ArgumentNullException.ThrowIfNull(random);
        float[] values = new float[Length];
        for (int i = 0; i < _parameters.Length; i++)
        {
            Parameter parameter = _parameters[i];
            parameter.Initializer.Fill(parameter, random.Child(parameter.Name), values.AsSpan(_offsets[i], parameter.Shape.ElementCount));
        }

        return values;
    }

    /// <summary>Lets a program read its parameters from a flat vector, without copying, until the workspace is given back.</summary>
    /// <param name="workspace">A workspace of a plan that has an input for every parameter.</param>
    /// <param name="vector">A vector of <see cref="Length"/> elements.</param>
    /// <exception cref="KeyNotFoundException">The plan has no input for a parameter.</exception>
    public void BindInputs(Workspace<float> workspace, float[] vector)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        ArgumentNullException.ThrowIfNull(vector);
        CheckLength(vector.Length, nameof(vector));
        for (int i = 0; i < _parameters.Length; i++)
        {
            workspace.BindInput(_parameters[i].Name, vector, _offsets[i]);
        }
    }

    internal int OffsetAt(int index) => _offsets[index];

    internal void CheckLength(int length, string parameter)
    {
        if (length != Length)
        {
            throw new ArgumentException($"The parameters have {Length} elements ({Describe()}), but {length} were given.", parameter);
        }
    }

    private int Index(string name) => _indices.TryGetValue(name, out int index)
        ? index
        : throw new KeyNotFoundException($"There is no parameter called '{name}'; there are: {string.Join(", ", _indices.Keys)}.");

    private string Describe() => string.Join(", ", _parameters.Take(8).Select(p => p.ToString())) + (_parameters.Length > 8 ? ", ..." : "");
}
