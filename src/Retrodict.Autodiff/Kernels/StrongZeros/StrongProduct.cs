// A product with strong zeros is IEEE's product and a look at its result: a zero that met an infinity or NaN has left a NaN there. Only
// such elements are computed again, term by term and each on its own, so that the bits do not depend on how the work is split. A factor
// that is not finite leaves nothing finite in its row or column of the result, so a look at the first of each shows whether there is one.

using System.Numerics;

namespace Retrodict.Autodiff.Kernels;

/// <summary>Gives a matrix product that has been computed strong zeros: terms with a factor 0 count as 0.</summary>
internal static unsafe class StrongProduct
{
    /// <summary>Mends C = A B.</summary>
    public static void Mend<T>(int rows, int columns, int summed, StridedMatrix<T> a, StridedMatrix<T> b, StridedMatrix<T> c)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (!NeedsMending(rows, columns, summed, c))
        {
            return;
        }

        bool isZero = Holds<T, IsZero>(rows, summed, a) || Holds<T, IsZero>(summed, columns, b);
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                T* element = c.At(i, j);
                if (T.IsNaN(*element))
                {
                    *element = isZero ? T.Zero : Element(summed, a.At(i, 0), a.ColumnStride, b.At(0, j), b.RowStride, *element);
                }
            }
        }
    }

    /// <summary>One inner product.</summary>
    /// <param name="summed">How many terms.</param>
    /// <param name="x">The first factors.</param>
    /// <param name="xStride">Elements from one to the next.</param>
    /// <param name="y">The second factors.</param>
    /// <param name="yStride">Elements from one to the next.</param>
    /// <param name="plain">The inner product by IEEE's rules, which stays where strong zeros do not matter.</param>
    public static T Element<T>(int summed, T* x, nint xStride, T* y, nint yStride, T plain)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var sum = default(StrongSum<T>);
        for (int p = 0; p < summed && !sum.IsDecided; p++)
        {
            sum.Add(x[p * xStride], y[p * yStride]);
        }

        return sum.Or(plain);
    }

    private static bool NeedsMending<T>(int rows, int columns, int summed, StridedMatrix<T> c)
        where T : unmanaged, IFloatingPointIeee754<T> =>
            summed > 0 && rows > 0 && columns > 0
            && !(Holds<T, IsFinite>(1, columns, c) && Holds<T, IsFinite>(rows, 1, c)) && !Holds<T, IsNumber>(rows, columns, c);

    /// <summary>Whether every element passes a test.</summary>
    private static bool Holds<T, TTest>(int rows, int columns, StridedMatrix<T> m)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TTest : ITest
    {
        if (columns == 1 || (m.RowStride == 1 && m.ColumnStride != 1 && rows > 1))
        {
            (rows, columns, m) = (columns, rows, m.Transposed);
        }

        if (m.ColumnStride != 1 && columns > 1)
        {
            for (int i = 0; i < rows; i++)
            {
                for (int j = 0; j < columns; j++)
                {
                    if (!TTest.One(*m.At(i, j)))
                    {
                        return false;
                    }
                }
            }

            return true;
        }

        if (m.RowStride == columns)
        {
            (rows, columns) = (1, rows * columns);
        }

        for (int i = 0; i < rows; i++)
        {
            if (!TTest.All<T>(new ReadOnlySpan<T>(m.At(i, 0), columns)))
            {
                return false;
            }
        }

        return true;
    }

    private interface ITest
    {
        static abstract bool One<T>(T element)
            where T : unmanaged, IFloatingPointIeee754<T>;

        static abstract bool All<T>(ReadOnlySpan<T> elements)
            where T : unmanaged, IFloatingPointIeee754<T>;
    }

    private readonly struct IsZero : ITest
    {
        public static bool One<T>(T element)
            where T : unmanaged, IFloatingPointIeee754<T> => element == T.Zero;

        public static bool All<T>(ReadOnlySpan<T> elements)
            where T : unmanaged, IFloatingPointIeee754<T> => Finiteness.AllZero(elements);
    }

    private readonly struct IsFinite : ITest
    {
        public static bool One<T>(T element)
            where T : unmanaged, IFloatingPointIeee754<T> => T.IsFinite(element);

        public static bool All<T>(ReadOnlySpan<T> elements)
            where T : unmanaged, IFloatingPointIeee754<T> => Finiteness.AllFinite(elements);
    }

    private readonly struct IsNumber : ITest
    {
        public static bool One<T>(T element)
            where T : unmanaged, IFloatingPointIeee754<T> => !T.IsNaN(element);

        public static bool All<T>(ReadOnlySpan<T> elements)
            where T : unmanaged, IFloatingPointIeee754<T> => !Finiteness.HasNaN(elements);
    }
}
