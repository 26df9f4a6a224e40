namespace Retrodict.Autodiff.Primitives;

/// <summary>
/// X = A^-1 B with the factors of A given. Operands: what A is made of, the factors, B. Kernels read the factors and B; what A is made of
/// are operands so that derivatives flow through them and not through the factorization: dX = A^-1 (dB - dA X), with the same factors.
/// Linear in B.
/// </summary>
/// <param name="FactorCount">How many operands before the last are factors.</param>
internal abstract record SharedSolve(int FactorCount) : SingleResult
{
    /// <summary>
    /// Whether a right side of zeros has the solution 0 whatever the matrix, which may be singular or NaN: so in derivative rules.
    /// </summary>
    public bool HasStrongZeros { get; init; }

    public sealed override string Name => HasStrongZeros ? $"chain-{PlainName}" : PlainName;

    /// <summary>The name without strong zeros.</summary>
    protected abstract string PlainName { get; }

    /// <summary>The solve with the transposed matrix and the same factors.</summary>
    protected abstract SharedSolve Transposed { get; }

    /// <summary>dA X from tangents of what A is made of, of which at least one is not null.</summary>
    protected abstract Value Change(ReadOnlySpan<Value> operands, ReadOnlySpan<Value?> matrices, Value result);

    public sealed override Value? Tangent(ReadOnlySpan<Value> operands, Value result, ReadOnlySpan<Value?> tangents)
    {
        int matrices = operands.Length - FactorCount - 1;
        Value? right = tangents[^1];
        if (tangents[..matrices].ContainsAnyExcept((Value?)null))
        {
            Value change = Change(operands, tangents[..matrices], result);
            right = right is null ? -change : right - change;
        }

        return right is null ? null : Value.Emit(this with { HasStrongZeros = true }, [.. operands[..^1], right]);
    }

    public sealed override Value? Cotangent(int operand, ReadOnlySpan<Value?> operands, ReadOnlySpan<Shape> shapes, Value cotangent)
    {
        if (operand != operands.Length - 1 || operands[..^1].Contains(null))
        {
            return base.Cotangent(operand, operands, shapes, cotangent);
        }

        var all = new Value[operands.Length];
        operands[..^1].CopyTo(all!);
        all[^1] = cotangent;
        return Value.Emit(Transposed with { HasStrongZeros = true }, all);
    }

    public sealed override Value BatchOne(ReadOnlySpan<Value> operands, ReadOnlySpan<bool> batched, int size) =>
        BatchWithFactors(this, operands, batched, size);

    /// <summary>
    /// One matrix with its factors and many batched right sides, the last operand, is one solve; otherwise all operands are batched.
    /// </summary>
    public static Value BatchWithFactors(Primitive solve, ReadOnlySpan<Value> operands, ReadOnlySpan<bool> batched, int size)
    {
        if (!batched[..^1].Contains(true))
        {
            Value[] matrices = [.. operands[..^1]];
            return LinearSystem.BatchColumns(operands[^1], matrices[0], system => Value.Emit(solve, [.. matrices, system[1]]));
        }

        return Value.Emit(solve, Broadcast.WithBatchAxis(operands, batched, size));
    }
}
