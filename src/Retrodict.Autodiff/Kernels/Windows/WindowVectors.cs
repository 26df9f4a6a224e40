using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Retrodict.Autodiff.Kernels;

/// <summary>How a vector lies in memory.</summary>
internal unsafe interface IWindowVectors
{
    /// <summary>Reads a vector.</summary>
    static abstract Vector512<T> Load<T>(T* from, nint apart)
        where T : unmanaged;

    /// <summary>Writes a vector.</summary>
    static abstract void Store<T>(Vector512<T> vector, T* to, nint apart)
        where T : unmanaged;
}

/// <summary>Vectors of contiguous elements.</summary>
internal readonly struct WholeVectors : IWindowVectors
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Vector512<T> Load<T>(T* from, nint apart)
        where T : unmanaged => Vector512.Load(from);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Store<T>(Vector512<T> vector, T* to, nint apart)
        where T : unmanaged => vector.Store(to);
}

/// <summary>Vectors of which the second half lies at a distance from the first: two short lines.</summary>
internal readonly struct HalfVectors : IWindowVectors
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Vector512<T> Load<T>(T* from, nint apart)
        where T : unmanaged => Vector512.Create(Vector256.Load(from), Vector256.Load(from + apart));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Store<T>(Vector512<T> vector, T* to, nint apart)
        where T : unmanaged
    {
        vector.GetLower().Store(to);
        vector.GetUpper().Store(to + apart);
    }
}
