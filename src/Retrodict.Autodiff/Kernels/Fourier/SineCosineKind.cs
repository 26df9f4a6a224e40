namespace Retrodict.Autodiff.Kernels.Fourier;

/// <summary>
/// The sums over j &lt; n, without any weights, so that types I are their own transposes and types II and III are each other's.
/// </summary>
internal enum SineCosineKind
{
    /// <summary>y_k = sum x_j cos(pi j k / (n - 1)).</summary>
    Cosine1,

    /// <summary>y_k = sum x_j cos(pi (2 j + 1) k / 2n).</summary>
    Cosine2,

    /// <summary>y_k = sum x_j cos(pi j (2 k + 1) / 2n).</summary>
    Cosine3,

    /// <summary>y_k = sum x_j sin(pi (j + 1) (k + 1) / (n + 1)).</summary>
    Sine1,

    /// <summary>y_k = sum x_j sin(pi (2 j + 1) (k + 1) / 2n).</summary>
    Sine2,

    /// <summary>y_k = sum x_j sin(pi (j + 1) (2 k + 1) / 2n).</summary>
    Sine3,
}
