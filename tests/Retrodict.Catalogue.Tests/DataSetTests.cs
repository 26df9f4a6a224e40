using Retrodict.Data;

namespace Retrodict.Catalogue.Tests;

public sealed class DataSetTests
{
    [Fact]
    public void It_is_written_with_the_arrays_of_the_documentation()
    {
        DataSet data = ProblemCatalogue.Heat1D.Generate(Split.Validation, 3);
        string path = Path.Combine(Path.GetTempPath(), $"{Path.GetRandomFileName()}.npz");
        try
        {
            data.Write(path);
            using NpzFile file = NpzFile.Open(path);
            Assert.Equal(["x", "y", "y_clean", "y_mean", "y_std"], file.Names);
            Assert.All(file.Names, name => Assert.Equal(NumpyType.Float64, file[name].ElementType));
            Assert.Equal([3, 64], file["x"].Shape);
            Assert.Equal([3, 64], file["y"].Shape);
            Assert.Equal([64], file["y_mean"].Shape);
            Assert.Equal(data.X, file["x"].ToDoubles());
            Assert.Equal(data.Y, file["y"].ToDoubles());
            Assert.Equal(data.YClean, file["y_clean"].ToDoubles());
            Assert.Equal(data.YMean, file["y_mean"].ToDoubles());
            Assert.Equal(data.YStd, file["y_std"].ToDoubles());
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Rows_are_samples()
    {
        DataSet data = ProblemCatalogue.Heat1D.Generate(Split.Validation, 3);
        Assert.Equal((3, Split.Validation, 7UL), (data.Count, data.Split, data.Seed));
        Assert.Same(ProblemCatalogue.Heat1D, data.Problem);
        Assert.Equal(data.X[64..128], data.Unknown(1));
        Assert.Equal(data.Y[64..128], data.Observation(1));
        Assert.Equal(data.YClean[128..], data.CleanObservation(2));
        Assert.Throws<ArgumentOutOfRangeException>(() => data.Unknown(3).Length);
    }
}
