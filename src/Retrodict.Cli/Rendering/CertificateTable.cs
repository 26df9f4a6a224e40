using Spectre.Console;

namespace Retrodict.Cli.Rendering;

/// <summary>How far a learned inverse can be trusted at the points of solutions.</summary>
internal static class CertificateTable
{
    public static Table Of(LearnedCertificate certificate)
    {
        Table table = Page.Table(("certificate", Justify.Left), ("", Justify.Right), ("", Justify.Left));
        table.AddRow(
            "RJCP",
            Format.Number(certificate.Rjcp),
            $"mean square of (J_g J_f - I) over probes; exactly {Format.Number(certificate.MeanSquareComposition)}");
        table.AddRow("composition error", Format.Number(certificate.CompositionError), "the spectral norm of J_g J_f - I");
        table.AddRow(
            "deviation",
            Format.Scientific(certificate.Deviation),
            $"from the Gauss-Newton step of length {Format.Scientific(certificate.GaussNewtonLength)}");
        table.AddRow(
            "bound",
            Format.Scientific(certificate.Bound),
            $"on the deviation; smallest singular value {Format.Scientific(certificate.SmallestSingularValue)}, rank "
                + $"{Format.Integer(certificate.Rank)}");
        if (!double.IsNaN(certificate.GainError))
        {
            table.AddRow("gain error", Format.Number(certificate.GainError), "relative to the exact gain of the problem's prior");
        }

        return table;
    }
}
