using System.Runtime.InteropServices;
using FsCheck;
using FsCheck.Fluent;
using Retrodict.Data;

namespace Retrodict.Tests.Data;

public sealed class NpyRoundTripTests
{
    private static readonly Config _config = Config.QuickThrowOnFailure.WithMaxTest(200).WithReplay(20250611, 77).WithQuietOnSuccess(true);

    [Fact]
    public void Every_type_comes_back_bit_for_bit()
    {
        RoundTrips<Half>();
        RoundTrips<float>();
        RoundTrips<double>();
        RoundTrips<sbyte>();
        RoundTrips<short>();
        RoundTrips<int>();
        RoundTrips<long>();
        RoundTrips<byte>();
        RoundTrips<ushort>();
        RoundTrips<uint>();
        RoundTrips<ulong>();
    }

    [Fact]
    public void Truth_values_come_back()
        => Check.One(_config, Prop.ForAll<bool[]>(values =>
        {
            NumpyArray array = Npy.Read(Npy.Write(NumpyArray.Create(values)));
            return array.TryGetSpan(out ReadOnlySpan<bool> read) && read.SequenceEqual(values);
        }));

    [Fact]
    public void Every_shape_in_Fortran_order_reads_as_its_transpose_says()
    {
        Arbitrary<int[]> shapes = Gen.Choose(0, 4).ArrayOf().Where(shape => shape.Length <= 5).ToArbitrary();
        Check.One(_config, Prop.ForAll(shapes, shape =>
        {
            int count = shape.Aggregate(1, (product, axis) => product * axis);
            byte[] data = [.. Enumerable.Range(0, count).SelectMany(i => BitConverter.GetBytes((short)i))];
            string text = $"({string.Concat(shape.Select(axis => $"{axis},"))})";
            double[] read = Npy.Read(Npy.Make($"{{'descr': '<i2', 'fortran_order': True, 'shape': {text}}}", data)).ToDoubles();
            for (int i = 0; i < count; i++)
            {
                // The row-major index i, taken apart, and put together again with the first axis fastest.
                int rest = i, column = 0;
                for (int axis = shape.Length - 1; axis >= 0; axis--)
                {
                    int stride = shape.Take(axis).Aggregate(1, (product, length) => product * length);
                    column += rest % shape[axis] * stride;
                    rest /= shape[axis];
                }

                if (read[i] != column)
                {
                    return false;
                }
            }

            return read.Length == count;
        }));
    }

    [Fact]
    public void A_large_array_comes_back_through_a_file_and_a_pipe()
    {
        float[] values = [.. Enumerable.Range(0, 1_500_000).Select(i => (float)i)];
        NumpyArray array = NumpyArray.Create(values, 1500, 1000);
        using TemporaryFolder folder = new();
        NpyFile.Write(folder["large.npy"], array);
        NumpyArray read = NpyFile.Read(folder["large.npy"]);
        Assert.Equal([1500, 1000], read.Shape.ToArray());
        Assert.Equal(values, read.ToSingles());
        NumpyArray piped = NpyFile.Read(new OneWayStream(File.ReadAllBytes(folder["large.npy"]), 4099), "pipe");
        Assert.Equal(values, piped.ToSingles());
        Assert.Equal(["large.npy"], folder.Files);
    }

    [Fact]
    public void A_stream_is_read_from_where_it_stands()
    {
        using MemoryStream stream = new([1, 2, 3, .. Fixture.Bytes("vector_f4.npy")]);
        stream.Position = 3;
        Assert.Equal(5, NpyFile.Read(stream, "part").Length);
    }

    private static void RoundTrips<T>()
        where T : unmanaged
        => Check.One(_config, Prop.ForAll<byte[]>(bits =>
        {
            // Any bits at all, among them every NaN and every subnormal number.
            ReadOnlySpan<T> values = MemoryMarshal.Cast<byte, T>(bits);
            byte[] file = Npy.Write(NumpyArray.Create(values, 1, values.Length));
            NumpyArray read = Npy.Read(file);
            return file.Length % 64 == values.Length * Marshal.SizeOf<T>() % 64
                && read.TryGetSpan(out ReadOnlySpan<T> back)
                && MemoryMarshal.AsBytes(back).SequenceEqual(MemoryMarshal.AsBytes(values))
                && read.Shape.SequenceEqual([1, values.Length]);
        }));
}
