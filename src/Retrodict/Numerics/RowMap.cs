using Retrodict.Numerics;
using Retrodict.Autodiff;

namespace Retrodict;

/// <summary>
/// A function of one sample applied to many, the rows of a matrix, in blocks of a fixed size. Row i always has place i mod
/// <see cref="BlockSize"/> in its block, however many rows there are and on how many threads they run: its bits depend on its own values
/// and on that place alone. Immutable and safe to use from many threads.
/// </summary>
public sealed class RowMap
{
    /// <summary>Rows in a block where nothing else is asked for.</summary>
    public const int DefaultBlockSize = 64;

    private readonly Plan<double> _plan;

    /// <summary>Compiles a function for blocks of rows.</summary>
    /// <param name="function">The function of one sample, with one input, of n elements, and one output, of m.</param>
    /// <param name="blockSize">Rows that one run takes, at least 1.</param>
    /// <exception cref="ArgumentException">The function has several inputs or outputs.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="blockSize"/> is below 1.</exception>
    public RowMap(Function function, int blockSize = DefaultBlockSize)
        : this(function, blockSize, ThreadTeam.SingleThread)
    {
    }

    private RowMap(Function function, int blockSize, ThreadTeam? team)
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentOutOfRangeException.ThrowIfLessThan(blockSize, 1);
        if (function.Inputs.Count != 1 || function.Outputs.Count != 1)
        {
            throw new ArgumentException(
                $"One input and one output are needed, but there are {function.Inputs.Count} and {function.Outputs.Count}.",
                nameof(function));
        }

        BlockSize = blockSize;
        InputLength = function.Inputs[0].Shape.ElementCount;
        OutputLength = function.Outputs[0].Shape.ElementCount;
        _plan = function.Batch(blockSize).Compile<double>(new PlanOptions { Team = team });
    }

    /// <summary>Rows that one run takes.</summary>
    public int BlockSize { get; }

    /// <summary>The length of an input's row, n.</summary>
    public int InputLength { get; }

    /// <summary>The length of an output's row, m.</summary>
    public int OutputLength { get; }

    /// <summary>
    /// Applies a function to rows at hand, one block after the other; the threads of <see cref="ThreadTeam.Shared"/> run within a block.
    /// </summary>
    /// <param name="function">The function of one sample, with one input, of n elements, and one output, of m.</param>
    /// <param name="rows">The rows, [count, n] row-major.</param>
    /// <returns>The results, [count, m] row-major.</returns>
    /// <exception cref="ArgumentException">The function has several inputs or outputs, or the numbers are no rows of n.</exception>
    public static double[] Apply(Function function, ReadOnlySpan<double> rows)
    {
        var map = new RowMap(function, DefaultBlockSize, team: null);
        (int n, int m) = (map.InputLength, map.OutputLength);
        if (rows.Length % n != 0)
        {
            throw new ArgumentException($"{rows.Length} numbers are no rows of {n}.", nameof(rows));
        }

        var results = new double[rows.Length / n * m];
        using Workspace<double> workspace = map._plan.Rent();
        for (int first = 0; first * n < rows.Length; first += map.BlockSize)
        {
            int here = Math.Min(map.BlockSize, (rows.Length / n) - first);
            rows.Slice(first * n, here * n).CopyTo(workspace.Input(0));
            map.RunBlock(workspace, here, results.AsSpan(first * m));
        }

        return results;
    }

    /// <summary>Applies the function to rows as they are made; the blocks are shared among threads.</summary>
    /// <param name="count">How many rows.</param>
    /// <param name="source">Makes them, in any order and on several threads at a time.</param>
    /// <param name="threads">How many threads to use, all when null; the results do not depend on it.</param>
    /// <param name="cancellation">Ends the work early.</param>
    /// <returns>The results, [count, m] row-major.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The count is negative, or there are no threads.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public double[] Apply(int count, RowSource source, int? threads = null, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentNullException.ThrowIfNull(source);
        _ = Sizes.Between(threads ?? 1, 1, Sizes.MostThreads, nameof(threads));

        var results = new double[checked(count * OutputLength)];
        int most = threads ?? Environment.ProcessorCount;
        Parallel.For(
            0,
            (int)(((long)count + BlockSize - 1) / BlockSize),
            new ParallelOptions { MaxDegreeOfParallelism = most, CancellationToken = cancellation },
            _plan.Rent,
            (block, _, workspace) =>
            {
                int first = block * BlockSize;
                int here = Math.Min(BlockSize, count - first);
                for (int i = 0; i < here; i++)
                {
                    source(first + i, workspace.Input(0).Slice(i * InputLength, InputLength));
                }

                RunBlock(workspace, here, results.AsSpan(first * OutputLength));
                return workspace;
            },
            workspace => workspace.Dispose());
        return results;
    }

    /// <summary>Runs a block whose first rows are set; the others are filled up with the first, so that nothing undefined runs.</summary>
    private void RunBlock(Workspace<double> workspace, int rows, Span<double> results)
    {
        Span<double> input = workspace.Input(0);
        for (int i = rows; i < BlockSize; i++)
        {
            input[..InputLength].CopyTo(input[(i * InputLength)..]);
        }

        workspace.Run();
        workspace.Output(0)[..(rows * OutputLength)].CopyTo(results);
    }
}
