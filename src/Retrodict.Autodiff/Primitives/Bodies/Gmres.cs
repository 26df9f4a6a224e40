// GMRES(m), Saad and Schultz (1986): the residual's length is minimized over x0 + span{r, A r, ..., A^(m-1) r}. Arnoldi's process with
// modified Gram-Schmidt, done twice for orthogonality, builds an orthonormal basis V of that space and H with A V_m = V_(m+1) H; Givens
// rotations make H triangular as it grows, and the rotated right side's last entry is the residual's length.
using System.Numerics;
using Retrodict.Autodiff.Kernels;

namespace Retrodict.Autodiff.Execution;

/// <summary>Restarted GMRES on products computed by a plan. It keeps no state; the caller brings the memory.</summary>
internal sealed class Gmres<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly int _n;
    private readonly int _restart;
    private readonly int _maxProducts;
    private readonly T _tolerance;

    public Gmres(int n, KrylovOptions options)
    {
        _n = n;
        _restart = Math.Clamp(options.Restart, 1, Math.Max(n, 1));
        _maxProducts = options.MaxProducts;

        // No finer than the element type can tell.
        _tolerance = T.Max(
            T.CreateTruncating(options.Tolerance ?? (typeof(T) == typeof(float) ? 1e-6 : 1e-12)),
            T.CreateChecked(16) * (T.BitIncrement(T.One) - T.One));
    }

    /// <summary>
    /// Elements of memory that a solve needs: basis, H by columns, rotations, rotated right side, and the original right side.
    /// </summary>
    public int MemoryLength => (_n * (_restart + 2)) + ((_restart + 1) * _restart) + (3 * (_restart + 1));

    /// <summary>Replaces the right side by the solution.</summary>
    /// <param name="product">The operator; its other inputs are set.</param>
    /// <param name="input">Which input takes the vector.</param>
    /// <param name="x">The right side; on success the solution.</param>
    /// <param name="memory">At least <see cref="MemoryLength"/> elements.</param>
    /// <returns>Whether the residual came below the tolerance.</returns>
    public bool Solve(Workspace<T> product, int input, Span<T> x, Span<T> memory)
    {
        int m = _restart;
        Span<T> basis = memory[..(_n * (m + 1))];
        Span<T> right = memory.Slice(_n * (m + 1), _n);
        Span<T> h = memory.Slice(_n * (m + 2), (m + 1) * m);
        Span<T> cosines = memory.Slice((_n * (m + 2)) + ((m + 1) * m), m + 1);
        Span<T> sines = memory.Slice((_n * (m + 2)) + ((m + 1) * m) + (m + 1), m + 1);
        Span<T> rotated = memory.Slice((_n * (m + 2)) + ((m + 1) * m) + (2 * (m + 1)), m + 1);
        x.CopyTo(right);
        x.Clear();
        T target = _tolerance * Length(right);
        T beta = Length(right);
        right.CopyTo(basis);
        int products = 0;
        while (T.IsFinite(beta))
        {
            if (beta <= target)
            {
                return true;
            }

            if (products >= _maxProducts)
            {
                return false;
            }

            Scale(basis[.._n], T.One / beta);
            rotated.Clear();
            rotated[0] = beta;
            int columns = 0;
            while (columns < m && products < _maxProducts && T.Abs(rotated[columns]) > target)
            {
                Span<T> column = h.Slice(columns * (m + 1), m + 1);
                Extend(product, input, basis, columns, column);
                products++;
                Rotate(column, columns, cosines, sines, rotated);
                columns++;
            }

            AddCombination(basis, h, m, columns, rotated, x);

            // The true residual decides, so that lost orthogonality cannot claim success.
            Residual(product, input, x, right, basis[.._n]);
            products++;
            T next = Length(basis[.._n]);
            if (!(next < beta) && next > target)
            {
                return false;
            }

            beta = next;
        }

        return false;
    }

    private void Extend(Workspace<T> product, int input, Span<T> basis, int column, Span<T> h)
    {
        Span<T> next = basis.Slice((column + 1) * _n, _n);
        Multiply(product, input, basis.Slice(column * _n, _n), next);
        h.Clear();
        for (int pass = 0; pass < 2; pass++)
        {
            for (int i = 0; i <= column; i++)
            {
                ReadOnlySpan<T> v = basis.Slice(i * _n, _n);
                T overlap = Reductions.Dot<T>(v, next);
                h[i] += overlap;
                Reductions.AddScaled(-overlap, v, next);
            }
        }

        T length = Length(next);
        h[column + 1] = length;
        if (length > T.Zero)
        {
            Scale(next, T.One / length);
        }
    }

    private static void Rotate(Span<T> h, int column, Span<T> cosines, Span<T> sines, Span<T> rotated)
    {
        for (int i = 0; i < column; i++)
        {
            (h[i], h[i + 1]) = ((cosines[i] * h[i]) + (sines[i] * h[i + 1]), (cosines[i] * h[i + 1]) - (sines[i] * h[i]));
        }

        T length = T.Hypot(h[column], h[column + 1]);
        (cosines[column], sines[column]) = length == T.Zero ? (T.One, T.Zero) : (h[column] / length, h[column + 1] / length);
        (h[column], h[column + 1]) = (length, T.Zero);
        (rotated[column], rotated[column + 1]) = (cosines[column] * rotated[column], -sines[column] * rotated[column]);
    }

    private void AddCombination(ReadOnlySpan<T> basis, ReadOnlySpan<T> h, int m, int columns, Span<T> rotated, Span<T> x)
    {
        for (int i = columns - 1; i >= 0; i--)
        {
            for (int j = i + 1; j < columns; j++)
            {
                rotated[i] -= h[(j * (m + 1)) + i] * rotated[j];
            }

            // A zero pivot is a singular operator: infinity or NaN, which the residual shows.
            rotated[i] /= h[(i * (m + 1)) + i];
        }

        for (int i = 0; i < columns; i++)
        {
            Reductions.AddScaled(rotated[i], basis.Slice(i * _n, _n), x);
        }
    }

    private void Residual(Workspace<T> product, int input, ReadOnlySpan<T> x, ReadOnlySpan<T> right, Span<T> residual)
    {
        Multiply(product, input, x, residual);
        for (int i = 0; i < _n; i++)
        {
            residual[i] = right[i] - residual[i];
        }
    }

    private static void Multiply(Workspace<T> product, int input, ReadOnlySpan<T> vector, Span<T> result)
    {
        vector.CopyTo(product.Input(input));
        product.Run();
        product.Output(0).CopyTo(result);
    }

    private static T Length(ReadOnlySpan<T> vector) => T.Sqrt(Reductions.Dot(vector, vector));

    private static void Scale(Span<T> vector, T factor)
    {
        for (int i = 0; i < vector.Length; i++)
        {
            vector[i] *= factor;
        }
    }
}
