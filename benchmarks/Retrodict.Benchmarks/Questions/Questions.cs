namespace Retrodict.Benchmarks;

/// <summary>Networks and elementwise chains.</summary>
public class NetworkBenchmarks() : CaseQuestions(NetworkCases.All);

/// <summary>Matrix products, products with vectors, reductions.</summary>
public class ProductBenchmarks() : CaseQuestions(ProductCases.All);

/// <summary>Convolutions.</summary>
public class ConvolutionBenchmarks() : CaseQuestions(ConvolutionCases.All);

/// <summary>Fourier transforms.</summary>
public class TransformBenchmarks() : CaseQuestions(TransformCases.All);

/// <summary>Linear systems.</summary>
public class SolveBenchmarks() : CaseQuestions(SolveCases.All);
