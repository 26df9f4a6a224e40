namespace Retrodict.Autodiff.Tests.Sizes;

/// <summary>Contractions against loops over all labels, with each label in turn taking every length.</summary>
public class ContractionSizeTests
{
    public static TheoryData<int> Data => Lengths.Data;

    [Theory]
    [MemberData(nameof(Data))]
    public void Contractions_are_right_at_every_length(int length)
    {
        string[] expressions =
        [
            "i,i->", "i,j->ij", "ij,j->i", "i,ij->j", "ij,jk->ik", "ij,kj->ki", "ji,jk->ik", "bij,bjk->bik", "bi,bi->b", "bi,bi->bi",
            "ibj,kjb->bki", "bo,bi->oi", "iaj,ak->ikj",
        ];
        foreach (string expression in expressions)
        {
            foreach (char varied in expression.Where(char.IsLetter).Distinct())
            {
                Check(expression, label => label == varied ? length : label == 'i' ? 3 : 2);
            }
        }
    }

    [Fact]
    public void Products_of_matrices_are_right_at_all_pairs_of_lengths()
    {
        foreach (int rows in Lengths.All.Where(n => n is not (2 or 31 or 63)))
        {
            foreach (int columns in Lengths.All.Where(n => n is not (3 or 15 or 64)))
            {
                Check("ij,jk->ik", label => label == 'i' ? rows : label == 'k' ? columns : 5);
            }
        }
    }

    private static void Check(string expression, Func<char, int> length)
    {
        string[] parts = expression.Split(',', '-', '>').Where((_, i) => i != 2).ToArray();
        (string left, string right, string result) = (parts[0], parts[1], parts[2]);
        Shape ShapeOf(string labels) => Shape.Of([.. labels.Select(length)]);
        string all = new([.. (left + right).Distinct()]);
        Shape space = ShapeOf(all);
        double[] x = Lengths.Sample(ShapeOf(left).ElementCount, 1, -1, 1);
        double[] y = Lengths.Sample(ShapeOf(right).ElementCount, 2, -1, 1);
        var expected = new double[ShapeOf(result).ElementCount];
        for (int i = 0; i < space.ElementCount; i++)
        {
            int[] index = Positions.Of(i, space);
            int At(string labels) =>
                Positions.At([.. labels.Select(label => index[all.IndexOf(label, StringComparison.Ordinal)])], ShapeOf(labels));
            expected[At(result)] += x[At(left)] * y[At(right)];
        }

        Function function = Function.Trace(
            [("x", ShapeOf(left)), ("y", ShapeOf(right))], v => [("z", Value.Einsum(expression, v[0], v[1]))], expression);
        Lengths.AssertComputes(function, [x, y], expected, 4);
    }
}
