// The recursion of CholeskyFactorization written out as phases: blocks on the diagonal are factored one after the other, and what lies
// between them,
//     U12 = U11^-T A12   and   A22 - U12'U12,
// is split by columns, none of which knows of another. So the factor has the bits that the recursion gives.

using System.Numerics;
using Retrodict.Autodiff.Kernels;

namespace Retrodict.Autodiff.LinearAlgebra;

/// <summary>The phases in which several threads factor one positive definite matrix of some size. Immutable.</summary>
internal sealed unsafe class CholeskySchedule
{
    /// <summary>From how many rows the phases are worth their beginnings and ends.</summary>
    public const int SmallestSize = 256;

    // Blocks that one thread factors.
    private const int BlockSize = 64;

    // Narrower strips do not repay that each lays out its own operands.
    private const int SolveWidth = 64;
    private const int UpdateWidth = 64;

    private readonly int _n;
    private readonly List<Phase> _phases = [];

    /// <summary>Plans the factorization of an n x n matrix.</summary>
    public CholeskySchedule(int n)
    {
        _n = n;
        int strips = Strips(n, UpdateWidth);
        _phases.Add(new Phase(Kind.Mirror, 0, n, 0, strips));
        Add(0, n);
        _phases.Add(new Phase(Kind.MirrorBack, 0, n, 0, strips));
        Parts = _phases.Max(phase => phase.Parts);
    }

    private enum Kind
    {
        Mirror,
        Factor,
        Solve,
        Update,
        MirrorBack,
    }

    /// <summary>How many phases there are.</summary>
    public int Phases => _phases.Count;

    /// <summary>The most parts of a phase.</summary>
    public int Parts { get; }

    /// <summary>The parts of one phase.</summary>
    public int PartsOf(int phase) => _phases[phase].Parts;

    /// <summary>
    /// Runs a part of a phase. All parts of all phases leave L in the lower triangle of the factor and zeros above, or NaN everywhere.
    /// </summary>
    /// <param name="phase">The phase.</param>
    /// <param name="part">The part of the phase.</param>
    /// <param name="a">The matrix, row-major, of which the lower triangle is read.</param>
    /// <param name="factor">The factor, row-major.</param>
    /// <param name="failed">Whether a block could not be factored; what a run begins with does not matter.</param>
    /// <param name="workspace">As much as <see cref="CholeskyFactorization"/> needs.</param>
    public void Run<T>(int phase, int part, T* a, T* factor, ref bool failed, Span<T> workspace)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Phase now = _phases[phase];
        StridedMatrix<T> u = new StridedMatrix<T>(factor, _n, 1).From(now.Start, now.Start);
        switch (now.Kind)
        {
            case Kind.Mirror:
                (int left, int right) = Strip(part, now.Parts, _n);
                TriangleMirror.LowerToUpper(left..right, new StridedMatrix<T>(a, _n, 1), u);
                break;
            case Kind.Factor:
                failed = (failed && now.Start > 0) || CholeskyFactorization.FactorUpper(now.First, u, workspace) >= 0;
                break;
            case Kind.Solve when !failed:
                (left, right) = Strip(part, now.Parts, now.Second);
                TriangularSolve.InPlace(
                    now.First, u.Transposed, lower: true, u.From(0, now.First + left), right - left, unitDiagonal: false, workspace);
                break;
            case Kind.Update when !failed:
                // Last columns first: they are the longest.
                (left, right) = Strip(now.Parts - 1 - part, now.Parts, now.Second);
                StridedMatrix<T> panel = u.From(0, now.First);
                SymmetricProduct.UpdateUpper(
                    left..right, now.Second, now.First, panel.Transposed, panel, u.From(now.First, now.First), ProductUpdate.Subtract,
                    workspace);
                break;
            case Kind.MirrorBack:
                (left, right) = Strip(part, now.Parts, _n);
                if (failed)
                {
                    new Span<T>(factor + ((nint)left * _n), (right - left) * _n).Fill(T.NaN);
                }
                else
                {
                    TriangleMirror.UpperToLower(left..right, u, clear: true);
                }

                break;
        }
    }

    private static int Strips(int columns, int width) => Math.Max(1, columns / width);

    private static (int Left, int Right) Strip(int part, int parts, int columns)
    {
        const int Grain = 32;
        return (Boundary(part), Boundary(part + 1));

        int Boundary(int index) => index == parts ? columns : (int)((long)columns * index / parts / Grain * Grain);
    }

    private void Add(int start, int n)
    {
        if (n <= BlockSize)
        {
            _phases.Add(new Phase(Kind.Factor, start, n, 0, 1));
            return;
        }

        int first = TriangularSolve.Split(n, CholeskyKernel.MaximumSize);
        int second = n - first;
        Add(start, first);
        _phases.Add(new Phase(Kind.Solve, start, first, second, Strips(second, SolveWidth)));
        _phases.Add(new Phase(Kind.Update, start, first, second, Strips(second, UpdateWidth)));
        Add(start + first, second);
    }

    /// <summary>What happens to the block at (Start, Start) of First rows and the Second rows after it.</summary>
    private readonly record struct Phase(Kind Kind, int Start, int First, int Second, int Parts);
}
