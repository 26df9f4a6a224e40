using System.Globalization;
using System.Text;

namespace Retrodict.Cli.Rendering;

/// <summary>Passes every text on at once, so that what is drawn is seen.</summary>
internal sealed class FlushingWriter(TextWriter target) : TextWriter(CultureInfo.InvariantCulture)
{
    public override Encoding Encoding => target.Encoding;

    public override void Write(char value)
    {
        target.Write(value);
        target.Flush();
    }

    public override void Write(string? value)
    {
        target.Write(value);
        target.Flush();
    }
}
