using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Tachyon.Failover.Shells;

/// <summary>Builds a <see cref="ShellScript"/> from an interpolated string; the compiler calls it.</summary>
[InterpolatedStringHandler]
public readonly ref struct ShellScriptInterpolatedStringHandler
{
    private readonly StringBuilder _text;

    /// <summary>Called by the compiler.</summary>
    public ShellScriptInterpolatedStringHandler(int literalLength, int formattedCount) =>
        _text = new StringBuilder(literalLength + (formattedCount * 16));

    /// <summary>Adds code from the source.</summary>
    public void AppendLiteral(string value) => _text.Append(value);

    /// <summary>Adds a word between single quotes.</summary>
    /// <exception cref="ArgumentException">The word holds a NUL character.</exception>
    public void AppendFormatted(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (value.Contains('\0', StringComparison.Ordinal))
        {
            throw new ArgumentException("A value for a shell script holds a NUL character, which no program can be given.", nameof(value));
        }

        _text.Append('\'').Append(value.Replace("'", "'\\''", StringComparison.Ordinal)).Append('\'');
    }

    /// <summary>Adds several words, each between single quotes, with blanks between them.</summary>
    /// <exception cref="ArgumentException">A word holds a NUL character.</exception>
    public void AppendFormatted(IEnumerable<string> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var first = true;
        foreach (var value in values)
        {
            if (!first)
            {
                _text.Append(' ');
            }

            AppendFormatted(value);
            first = false;
        }
    }

    /// <summary>Adds a whole number in decimal digits.</summary>
    public void AppendFormatted(long value) => _text.Append(CultureInfo.InvariantCulture, $"{value}");

    /// <summary>Adds another script unchanged.</summary>
    public void AppendFormatted(ShellScript value)
    {
        ArgumentNullException.ThrowIfNull(value);
        _text.Append(value.Text);
    }

    internal string ToText() => _text.ToString();
}
