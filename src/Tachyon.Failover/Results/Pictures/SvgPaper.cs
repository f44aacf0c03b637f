using System.Globalization;
using System.Text;
using System.Xml;

namespace Tachyon.Failover;

/// <summary>Draws self-contained SVG 1.1: no script, no style sheet, no font. It is valid XML for any text of a host.</summary>
internal sealed class SvgPaper : IDisposable
{
    /// <summary>The id of the hatching for missing parts.</summary>
    public const string Hatched = "url(#missed)";

    private const string Sans = "system-ui, -apple-system, 'Segoe UI', 'Helvetica Neue', Arial, 'DejaVu Sans', sans-serif";

    private readonly StringBuilder _text = new();
    private readonly XmlWriter _xml;

    public SvgPaper(double width, double height, string title, string description)
    {
        _xml = XmlWriter.Create(_text, new XmlWriterSettings { Indent = true, IndentChars = " ", NewLineChars = "\n", OmitXmlDeclaration = true });
        _xml.WriteStartElement("svg", "http://www.w3.org/2000/svg");
        Write("viewBox", string.Create(CultureInfo.InvariantCulture, $"0 0 {width:0} {height:0}"));
        Write("width", width);
        Write("height", height);
        Write("role", "img");
        Write("font-family", Sans);
        _xml.WriteElementString("title", Clean(title));
        _xml.WriteElementString("desc", Clean(description));
        DefineHatching();
        Rectangle(0, 0, width, height, PictureColor.Paper);
    }

    public void Rectangle(double x, double y, double width, double height, string fill, string? stroke = null, double radius = 0, string? dash = null, string? tip = null)
    {
        _xml.WriteStartElement("rect");
        Write("x", x);
        Write("y", y);
        Write("width", Math.Max(width, 0));
        Write("height", Math.Max(height, 0));
        Write("rx", radius, unless: 0);
        Write("fill", fill);
        Stroke(stroke, 1, dash);
        End(tip);
    }

    public void Line(double x1, double y1, double x2, double y2, string stroke, double width = 1, string? dash = null)
    {
        _xml.WriteStartElement("line");
        Write("x1", x1);
        Write("y1", y1);
        Write("x2", x2);
        Write("y2", y2);
        Stroke(stroke, width, dash);
        End(tip: null);
    }

    /// <summary>Draws a line with an arrowhead at its end.</summary>
    public void Arrow(double x1, double y1, double x2, double y2, string stroke)
    {
        const double head = 6;
        var (dx, dy) = (x2 - x1, y2 - y1);
        var length = Math.Max(Math.Sqrt((dx * dx) + (dy * dy)), 1);
        var (ux, uy) = (dx / length, dy / length);
        var (bx, by) = (x2 - (ux * head), y2 - (uy * head));
        Line(x1, y1, bx, by, stroke, 1.4);
        _xml.WriteStartElement("polygon");
        Write("points", string.Create(
            CultureInfo.InvariantCulture,
            $"{x2:0.##},{y2:0.##} {bx - (uy * head / 2):0.##},{by + (ux * head / 2):0.##} {bx + (uy * head / 2):0.##},{by - (ux * head / 2):0.##}"));
        Write("fill", stroke);
        End(tip: null);
    }

    public void Dot(double x, double y, double radius, string fill, string? tip = null)
    {
        _xml.WriteStartElement("circle");
        Write("cx", x);
        Write("cy", y);
        Write("r", radius);
        Write("fill", fill);
        Stroke(PictureColor.Paper, 1.5, dash: null);
        End(tip);
    }

    public void Text(double x, double y, string text, double size, string fill, string anchor = "start", bool bold = false, bool halo = false)
    {
        _xml.WriteStartElement("text");
        Write("x", x);
        Write("y", y);
        Write("font-size", size);
        Write("fill", fill);
        if (anchor != "start")
        {
            Write("text-anchor", anchor);
        }

        if (bold)
        {
            Write("font-weight", "600");
        }

        if (halo)
        {
            Stroke(PictureColor.Paper, 3, dash: null);
            Write("paint-order", "stroke");
        }

        _xml.WriteString(Clean(text));
        _xml.WriteEndElement();
    }

    /// <summary>Returns the picture; nothing can be drawn after it.</summary>
    public string Finish()
    {
        _xml.WriteEndElement();
        _xml.Flush();
        return _text.ToString();
    }

    public void Dispose() => _xml.Dispose();

    private void DefineHatching()
    {
        _xml.WriteStartElement("defs");
        _xml.WriteStartElement("pattern");
        Write("id", "missed");
        Write("width", 6);
        Write("height", 6);
        Write("patternUnits", "userSpaceOnUse");
        Write("patternTransform", "rotate(45)");
        Rectangle(0, 0, 6, 6, PictureColor.MissedLight);
        Rectangle(0, 0, 1.6, 6, PictureColor.MissedStripe);
        _xml.WriteEndElement();
        _xml.WriteEndElement();
    }

    private void Stroke(string? color, double width, string? dash)
    {
        if (color is null)
        {
            return;
        }

        Write("stroke", color);
        Write("stroke-width", width, unless: 1);
        if (dash is not null)
        {
            Write("stroke-dasharray", dash);
        }
    }

    private void End(string? tip)
    {
        if (tip is not null)
        {
            _xml.WriteElementString("title", Clean(tip));
        }

        _xml.WriteEndElement();
    }

    private void Write(string name, string value) => _xml.WriteAttributeString(name, value);

    private void Write(string name, double value, double? unless = null)
    {
        if (value != unless)
        {
            _xml.WriteAttributeString(name, value.ToString("0.##", CultureInfo.InvariantCulture));
        }
    }

    /// <summary>Replaces characters that XML cannot hold, such as the escape codes of a terminal.</summary>
    private static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            clean.Append(Rune.IsWhiteSpace(rune) ? " " : Rune.IsControl(rune) || rune.Value is 0xFFFE or 0xFFFF ? "\uFFFD" : rune.ToString());
        }

        return clean.ToString();
    }
}
