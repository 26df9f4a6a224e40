// The loops of factorizations that work row by row: y += a x, x'y, exchange, plane rotation. What does not fill a vector goes through the
// same arithmetic in its first lanes, so an element's bits do not depend on where it stands.

using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Retrodict.Autodiff.Kernels;

/// <summary>Elementary operations on contiguous vectors.</summary>
internal static unsafe class VectorLoops
{
    /// <summary>y += a x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddMultiple<T>(int n, T a, T* x, T* y)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var factor = Vector512.Create(a);
        var i = 0;
        for (; i <= n - Vector512<T>.Count; i += Vector512<T>.Count)
        {
            WideVector.FusedMultiplyAdd(factor, Vector512.Load(x + i), Vector512.Load(y + i)).Store(y + i);
        }

        if (i < n)
        {
            var rest = n - i;
            var sum = WideVector.FusedMultiplyAdd(
                factor, PartialVector.Load(ref x[i], rest, Vector512<T>.Zero), PartialVector.Load(ref y[i], rest, Vector512<T>.Zero));
            PartialVector.Store(sum, ref y[i], rest);
        }
    }

    /// <summary>The sum of x_i y_i.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static T Dot<T>(int n, T* x, T* y)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var (even, odd) = (Vector512<T>.Zero, Vector512<T>.Zero);
        var i = 0;
        for (; i <= n - (2 * Vector512<T>.Count); i += 2 * Vector512<T>.Count)
        {
            even = WideVector.FusedMultiplyAdd(Vector512.Load(x + i), Vector512.Load(y + i), even);
            odd = WideVector.FusedMultiplyAdd(Vector512.Load(x + i + Vector512<T>.Count), Vector512.Load(y + i + Vector512<T>.Count), odd);
        }

        if (i <= n - Vector512<T>.Count)
        {
            even = WideVector.FusedMultiplyAdd(Vector512.Load(x + i), Vector512.Load(y + i), even);
            i += Vector512<T>.Count;
        }

        if (i < n)
        {
            var rest = n - i;
            odd = WideVector.FusedMultiplyAdd(
                PartialVector.Load(ref x[i], rest, Vector512<T>.Zero), PartialVector.Load(ref y[i], rest, Vector512<T>.Zero), odd);
        }

        return WideVector.Sum(even + odd);
    }

    /// <summary>(x, y) = (c x + s y, c y - s x).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Rotate<T>(int n, T c, T s, T* x, T* y)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var (cosine, sine) = (Vector512.Create(c), Vector512.Create(s));
        var i = 0;
        for (; i <= n - Vector512<T>.Count; i += Vector512<T>.Count)
        {
            var (u, v) = (Vector512.Load(x + i), Vector512.Load(y + i));
            WideVector.FusedMultiplyAdd(cosine, u, sine * v).Store(x + i);
            WideVector.FusedMultiplyAdd(cosine, v, -(sine * u)).Store(y + i);
        }

        if (i < n)
        {
            var rest = n - i;
            var u = PartialVector.Load(ref x[i], rest, Vector512<T>.Zero);
            var v = PartialVector.Load(ref y[i], rest, Vector512<T>.Zero);
            PartialVector.Store(WideVector.FusedMultiplyAdd(cosine, u, sine * v), ref x[i], rest);
            PartialVector.Store(WideVector.FusedMultiplyAdd(cosine, v, -(sine * u)), ref y[i], rest);
        }
    }

    /// <summary>z_i += x_i y_i.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddProduct<T>(int n, T* x, T* y, T* z)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var i = 0;
        for (; i <= n - Vector512<T>.Count; i += Vector512<T>.Count)
        {
            WideVector.FusedMultiplyAdd(Vector512.Load(x + i), Vector512.Load(y + i), Vector512.Load(z + i)).Store(z + i);
        }

        for (; i < n; i++)
        {
            z[i] = T.FusedMultiplyAdd(x[i], y[i], z[i]);
        }
    }

    /// <summary>x /= d.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Divide<T>(int n, T* x, T d)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var divisor = Vector512.Create(d);
        var i = 0;
        for (; i <= n - Vector512<T>.Count; i += Vector512<T>.Count)
        {
            (Vector512.Load(x + i) / divisor).Store(x + i);
        }

        for (; i < n; i++)
        {
            x[i] /= d;
        }
    }

    /// <summary>x and y change places.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Swap<T>(int n, T* x, T* y)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var i = 0;
        for (; i <= n - Vector512<T>.Count; i += Vector512<T>.Count)
        {
            var (u, v) = (Vector512.Load(x + i), Vector512.Load(y + i));
            v.Store(x + i);
            u.Store(y + i);
        }

        for (; i < n; i++)
        {
            (x[i], y[i]) = (y[i], x[i]);
        }
    }
}
