using Retrodict.Autodiff.Execution;

namespace Retrodict.Autodiff.Tests.Execution;

/// <summary>Places in the arena never overlap while in use, and are used again.</summary>
public class ArenaLayoutTests
{
    [Theory]
    [InlineData(1, 10)]
    [InlineData(2, 1000)]
    [InlineData(3, 3)]
    [InlineData(4, 100_000)]
    public void Places_in_use_never_overlap(int seed, int longest)
    {
        var random = new Random(seed);
        var arena = new ArenaLayout();
        var taken = new List<(int Offset, int Length)>();
        long inUse = 0;
        long most = 0;
        for (int i = 0; i < 3000; i++)
        {
            if (taken.Count == 0 || random.NextDouble() < (i < 1500 ? 0.55 : 0.45))
            {
                int length = random.Next(longest);
                int offset = arena.Take(length);
                Assert.True(offset >= 0 && offset + length <= arena.Length);
                Assert.DoesNotContain(
                    taken, other =>
                        offset < other.Offset + other.Length && other.Offset < offset + length && length > 0 && other.Length > 0);
                taken.Add((offset, length));
                inUse += length;
                most = Math.Max(most, inUse);
            }
            else
            {
                int index = random.Next(taken.Count);
                (int offset, int length) = taken[index];
                taken.RemoveAt(index);
                arena.Give(offset, length);
                inUse -= length;
            }
        }

        Assert.InRange(arena.Length, most, 2 * most);
    }

    [Fact]
    public void Everything_given_back_merges_into_one_gap()
    {
        var random = new Random(5);
        var arena = new ArenaLayout();
        List<(int Offset, int Length)> taken = [.. Enumerable.Range(1, 200).Select(length => (arena.Take(length), length))];
        int whole = arena.Length;
        Assert.Equal(200 * 201 / 2, whole);
        foreach ((int offset, int length) in taken.OrderBy(_ => random.Next()))
        {
            arena.Give(offset, length);
        }

        Assert.Equal(0, arena.Take(whole));
        Assert.Equal(whole, arena.Length);
    }

    [Fact]
    public void The_smallest_gap_that_holds_is_taken()
    {
        var arena = new ArenaLayout();
        (int Offset, int Length)[] gaps =
            [(arena.Take(30), 30), (arena.Take(1), 1), (arena.Take(10), 10), (arena.Take(1), 1), (arena.Take(20), 20), (arena.Take(1), 1)];
        arena.Give(gaps[0].Offset, 30);
        arena.Give(gaps[2].Offset, 10);
        arena.Give(gaps[4].Offset, 20);
        Assert.Equal(gaps[2].Offset, arena.Take(10));
        Assert.Equal(gaps[4].Offset, arena.Take(11));
        Assert.Equal(gaps[4].Offset + 11, arena.Take(9));
        Assert.Equal(gaps[0].Offset, arena.Take(30));
        Assert.Equal(63, arena.Take(1));
    }

    [Fact]
    public void An_arena_beyond_32_bits_is_an_error()
    {
        var arena = new ArenaLayout();
        arena.Take(int.MaxValue - 5);
        Assert.Throws<OverflowException>(() => arena.Take(6));
    }
}
