namespace Retrodict.Cli.Deceptron;

/// <summary>The architectures for which there are published weights.</summary>
internal static class ImportedArchitectures
{
    public const string Mlp = "mlp";

    public const string ResidualConvolution = "residual-conv-3d";
}
