namespace Retrodict.Autodiff.Kernels;

/// <summary>What a product does to the matrix it is written to.</summary>
internal enum ProductUpdate
{
    /// <summary>C = A B; what C held, NaN included, is not read.</summary>
    Replace,

    /// <summary>C = C + A B.</summary>
    Add,

    /// <summary>C = C - A B.</summary>
    Subtract,
}
