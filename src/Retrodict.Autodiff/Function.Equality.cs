namespace Retrodict.Autodiff;

/// <content>Programs are values: two that do the same operations on the same variables are equal, whatever the names.</content>
public sealed partial class Function : IEquatable<Function>
{
    private int? _hash;

    /// <summary>Whether two functions are the same program; names do not count.</summary>
    /// <param name="other">The other function.</param>
    public bool Equals(Function? other)
    {
        if (ReferenceEquals(this, other))
        {
            return true;
        }

        if (other is null || GetHashCode() != other.GetHashCode() || Nodes.Length != other.Nodes.Length
            || Inputs.Count != other.Inputs.Count
            || !Shapes.AsSpan().SequenceEqual(other.Shapes) || !OutputNumbers.AsSpan().SequenceEqual(other.OutputNumbers))
        {
            return false;
        }

        for (int i = 0; i < Nodes.Length; i++)
        {
            if (!Nodes[i].Operands.AsSpan().SequenceEqual(other.Nodes[i].Operands) || !Nodes[i].Primitive.Equals(other.Nodes[i].Primitive))
            {
                return false;
            }
        }

        return true;
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Function);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        if (_hash is not { } known)
        {
            var hash = new HashCode();
            hash.Add(Inputs.Count);
            foreach (Node node in Nodes)
            {
                hash.Add(node.Primitive);
                foreach (int operand in node.Operands)
                {
                    hash.Add(operand);
                }
            }

            foreach (int output in OutputNumbers)
            {
                hash.Add(output);
            }

            _hash = known = hash.ToHashCode();
        }

        return known;
    }
}
