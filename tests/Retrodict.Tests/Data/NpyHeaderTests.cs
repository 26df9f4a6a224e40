using System.Globalization;
using System.Text;
using Retrodict.Data;

namespace Retrodict.Tests.Data;

public sealed class NpyHeaderTests
{
    [Theory]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (2,), }")]
    [InlineData("{\"shape\":(2,),\"descr\":\"<f8\",\"fortran_order\":False}")]
    [InlineData("  {\n\t'fortran_order' :False ,\r\n'shape': ( 2 , ), 'descr'\n:'<f8'}  \n\n")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (2L,)}")]
    [InlineData("{'descr': ('<f8'), 'fortran_order': False, 'shape': (+2,)}")]
    public void A_dictionary_is_read_however_Python_may_write_it(string header)
        => Assert.Equal([1.5, -2.0], Npy.Read(Npy.Make(header, Bytes(1.5, -2.0))).ToDoubles());

    [Theory]
    [InlineData("", "a Python literal")]
    [InlineData("   ", "a Python literal")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (2,)", "',' or '}'")]
    [InlineData("{'descr': '<f8' 'fortran_order': False}", "',' or '}'")]
    [InlineData("{'descr' '<f8'}", "':' after a key")]
    [InlineData("{,}", "a Python literal")]
    [InlineData("{'descr': '<f8',, }", "a Python literal")]
    [InlineData("{'descr': '<f8}", "a closing '")]
    [InlineData("{'descr': '<f8\\", "a closing '")]
    [InlineData("{'shape': (-,)}", "a digit")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (2,)} x", "nothing but white space")]
    [InlineData("{'shape': __import__('os')}", "a Python literal")]
    [InlineData("(1, 2)", "not a dictionary")]
    [InlineData("{}", "lacks the key 'descr'")]
    [InlineData("{'descr': '<f8', 'fortran_order': False}", "lacks the key 'shape'")]
    [InlineData("{'descr': '<f8', 'shape': (2,)}", "lacks the key 'fortran_order'")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (2,), 'more': 1}", "unknown key 'more'")]
    [InlineData("{'descr': '<f8', 'descr': '<f8', 'fortran_order': False, 'shape': (2,)}", "'descr' twice")]
    [InlineData("{1: '<f8'}", "unknown key 1")]
    [InlineData("{'descr': '<f8', 'fortran_order': 0, 'shape': (2,)}", "fortran_order is 0")]
    [InlineData("{'descr': '<f8', 'fortran_order': None, 'shape': (2,)}", "fortran_order is None")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (2)}", "shape (2) is not a tuple")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': [2]}", "shape [2] is not a tuple")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (True,)}", "shape (True,) is not a tuple of integers")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (2.0,)}", "',' or ')'")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (-2,)}", "negative dimension")]
    [InlineData("{'descr': '<f16', 'fortran_order': False, 'shape': (2,)}", "dtype '<f16' is not supported")]
    [InlineData("{'descr': '|f8', 'fortran_order': False, 'shape': (2,)}", "dtype '|f8' is not supported")]
    [InlineData("{'descr': 'f8', 'fortran_order': False, 'shape': (2,)}", "dtype 'f8' is not supported")]
    [InlineData("{'descr': ['<f8'], 'fortran_order': False, 'shape': (2,)}", "dtype ['<f8'] is not supported")]
    [InlineData("{'descr': None, 'fortran_order': False, 'shape': (2,)}", "dtype None is not supported")]
    public void A_malformed_header_is_refused_with_what_is_wrong(string header, string expected)
        => Assert.Contains(expected, Npy.Refusal(Npy.Make(header, new byte[16])), StringComparison.Ordinal);

    [Fact]
    public void Deep_nesting_is_refused_and_does_not_overflow_the_stack()
        => Assert.Contains("nests more than", Npy.Refusal(Npy.Make(new string('(', 60_000), [])), StringComparison.Ordinal);

    [Fact]
    public void Control_characters_do_not_reach_the_message()
    {
        string message = Npy.Refusal(Npy.Make("{'descr': '\u001b[31m', 'fortran_order': False, 'shape': (2,)}", []));
        Assert.DoesNotContain('\u001b', message);
    }

    [Fact]
    public void A_version_3_header_that_is_not_UTF8_is_refused()
    {
        byte[] file = Npy.Make("{'descr': [('é', '<f8')], 'fortran_order': False, 'shape': (2,)}", [], 3, Encoding.Latin1);
        Assert.Contains("not UTF-8", Npy.Refusal(file), StringComparison.Ordinal);
    }

    [Fact]
    public void Headers_mean_the_same_in_every_culture()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo german = (CultureInfo)CultureInfo.GetCultureInfo("de-DE").Clone();

            // A sign that no file has, so that any parsing or formatting by culture shows.
            german.NumberFormat.NegativeSign = "~";
            german.NumberFormat.PositiveSign = "!";
            CultureInfo.CurrentCulture = german;
            NumpyArray array = NumpyArray.Create(new double[1200], 1200, 1);
            byte[] file = Npy.Write(array);
            Assert.Contains("'shape': (1200, 1), }", Encoding.Latin1.GetString(file), StringComparison.Ordinal);
            Assert.Equal([1200, 1], Npy.Read(file).Shape.ToArray());
            Assert.Contains("negative dimension", Npy.Refusal(Npy.OfShape("(-2,)")), StringComparison.Ordinal);
            Assert.Equal(1, Npy.Read(Npy.Make("{'descr': '<f8', 'fortran_order': False, 'shape': (+1,)}", new byte[8])).Length);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void A_header_too_long_for_version_1_is_written_as_version_2()
    {
        int[] shape = [.. Enumerable.Repeat(1, 30_000)];
        byte[] file = Npy.Write(NumpyArray.Create([2.5], shape));
        Assert.Equal(2, file[6]);
        Assert.Equal(0, (file.Length - sizeof(double)) % 64);
        NumpyArray array = Npy.Read(file, new NumpyLimits { MaxDimensions = 30_000, MaxHeaderBytes = 1 << 20 });
        Assert.Equal(30_000, array.Rank);
        Assert.Equal([2.5], array.ToDoubles());
    }

    private static byte[] Bytes(params double[] values) => [.. values.SelectMany(BitConverter.GetBytes)];
}
