using Retrodict.Randomness;

namespace Retrodict.Tests.Randomness;

public sealed class RandomStreamTests
{
    /// <summary>Computed by a separate Python program from the layout in the documentation.</summary>
    [Fact]
    public void The_first_words_of_streams_are_fixed()
    {
        Assert.Equal([0x9CEAF053, 0x77F5493B, 0x12BF50AD, 0x5742B3D7, 0xFCDB2127], Words(new RandomStream(42), 5));
        RandomStream train = new(42, "heat-1d/train");
        Assert.Equal([0x41B9E999, 0xCCDA18B9, 0xEA7BF2F0, 0x4FC2C3C0, 0x4EE056A3], Words(train, 5));
        Assert.Equal([0x4375E7C0, 0xDFEA83A0, 0x5D3DB674, 0xF35942B1, 0x5CC90C63], Words(train.At(7), 5));
        Assert.Equal([0x9E1AE9C4, 0xBE9383B2, 0x6393AB00, 0xA86F1E18, 0xAA505362], Words(train.At(7).Child("noise"), 5));
        Assert.Equal([0x11984256, 0xD1A40849, 0x2913A16B, 0x0713074B, 0x63E19A81], Words(train.At(7).At(3), 5));
        Assert.Equal([0xB298BFA9, 0x21894BC1], Words(new RandomStream(42, "größe"), 2));
    }

    [Fact]
    public void The_first_words_of_seed_0_are_the_published_block()
        => Assert.Equal([0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8], Words(new RandomStream(0), 4));

    /// <summary>The second one is in the tail, where the logarithm is used. Exactly equal: no last bit may depend on the machine.</summary>
    [Fact]
    public void The_first_normal_numbers_are_fixed_to_the_last_bit()
    {
        double[] normals = new double[5];
        new RandomStream(42).FillNormal(normals.AsSpan());
        Assert.Equal([0.4327594179078734, 1.7254126075242944, 0.22008532377235912, 0.7749785187001232, -1.1998445183593192], normals);
    }

    [Fact]
    public void Paths_are_children_of_children()
    {
        uint[] expected = Words(new RandomStream(7).Child("a").Child("b"), 4);
        Assert.Equal(expected, Words(new RandomStream(7, "a/b"), 4));
        Assert.Equal(expected, Words(new RandomStream(7).Child("a/b"), 4));
        Assert.NotEqual(expected, Words(new RandomStream(7, "b/a"), 4));
        Assert.NotEqual(expected, Words(new RandomStream(7, "ab"), 4));
    }

    [Fact]
    public void Streams_of_different_seeds_names_and_indices_share_no_word()
    {
        HashSet<ulong> seen = [];
        int drawn = 0;
        List<RandomStream> streams = [];
        for (ulong seed = 0; seed < 4; seed++)
        {
            RandomStream root = new(seed);
            streams.Add(root);
            foreach (string name in new[] { "a", "b", "ab", "a/b", "noise", "Noise" })
            {
                streams.Add(root.Child(name));
                for (int i = 0; i < 5; i++)
                {
                    streams.Add(root.Child(name).At(i));
                    streams.Add(root.Child(name).At(i).At(0));
                    streams.Add(root.At(i).Child(name));
                }
            }
        }

        foreach (RandomStream stream in streams)
        {
            for (int i = 0; i < 64; i++, drawn++)
            {
                seen.Add(stream.NextUInt64());
            }
        }

        Assert.Equal(drawn, seen.Count);
    }

    [Fact]
    public void Children_and_indices_do_not_depend_on_what_was_drawn()
    {
        RandomStream fresh = new(3), used = new(3);
        used.FillNormal(new double[17].AsSpan());
        Assert.Equal(Words(fresh.Child("x"), 4), Words(used.Child("x"), 4));
        Assert.Equal(Words(fresh.At(5), 4), Words(used.At(5), 4));
        used.Child("x").NextUInt64();
        Assert.Equal(Words(fresh.Child("x"), 4), Words(used.Child("x"), 4));
    }

    [Fact]
    public void Samples_are_the_same_in_any_thread_order()
    {
        RandomStream stream = new(11, "train");
        double[] forward = new double[2000], parallel = new double[2000];
        for (int i = 0; i < forward.Length; i++)
        {
            forward[i] = stream.At(i).NextNormal();
        }

        Parallel.For(
            0, parallel.Length, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
                parallel[^(i + 1)] = stream.At(parallel.Length - 1 - i).NextNormal());
        Assert.Equal(forward, parallel);
    }

    [Fact]
    public void Sixty_four_bits_are_the_next_two_words_wherever_the_stream_stands()
    {
        uint[] words = Words(new RandomStream(5), 15);
        for (int skip = 0; skip < 6; skip++)
        {
            RandomStream stream = new(5);
            Words(stream, skip);
            for (int i = skip; i < skip + 8; i += 2)
            {
                Assert.Equal(words[i] | ((ulong)words[i + 1] << 32), stream.NextUInt64());
            }

            Assert.Equal(words[skip + 8], stream.NextUInt32());
        }
    }

    [Fact]
    public void Misuse_is_named()
    {
        RandomStream stream = new(1);
        Assert.Throws<ArgumentException>(() => new RandomStream(1, ""));
        Assert.Throws<ArgumentException>(() => stream.Child("a//b"));
        Assert.Throws<ArgumentException>(() => stream.Child("a/"));
        Assert.Throws<ArgumentOutOfRangeException>(() => stream.At(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => stream.At(long.MaxValue));
        stream.At(long.MaxValue - 1).NextUInt32();
        Assert.Throws<ArgumentOutOfRangeException>(() => stream.NextInt(0));
        Assert.Throws<ArgumentException>(() => stream.NextUniform(1.0, 0.0));
        Assert.Throws<ArgumentException>(() => stream.NextUniform(double.NaN, 0.0));
        Assert.Throws<ArgumentException>(() => stream.NextUniform(0.0, double.PositiveInfinity));
        Assert.Throws<ArgumentException>(() => stream.NextUniform(-double.MaxValue, double.MaxValue));
        Assert.Throws<ArgumentException>(() => stream.FillUniform(new double[1].AsSpan(), 1.0, 0.0));
    }

    [Fact]
    public void Draws_do_not_allocate()
    {
        RandomStream stream = new(1);
        float[] floats = new float[64];
        int[] order = new int[64];
        Draw();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            Draw();
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Draw()
        {
            stream.FillNormal(floats.AsSpan());
            stream.FillUniform(floats.AsSpan());
            stream.FillRademacher(floats.AsSpan());
            stream.Shuffle(order.AsSpan());
            stream.NextInt(7);
            stream.NextSingle();
            stream.NextUniform(-1.0, 1.0);
        }
    }

    private static uint[] Words(RandomStream stream, int count)
    {
        uint[] words = new uint[count];
        foreach (ref uint word in words.AsSpan())
        {
            word = stream.NextUInt32();
        }

        return words;
    }
}
