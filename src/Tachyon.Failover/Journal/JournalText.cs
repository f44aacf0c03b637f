using System.Globalization;
using System.Text;

namespace Tachyon.Failover.Journal;

/// <summary>
/// The bytes of a journal in a file: lines in UTF-8, each ended by LF. Pure.
/// </summary>
/// <remarks>
/// A crash can leave the last line torn: without its LF, or with zeros in it if the file system stored the new length before the content.
/// Readers skip such a line. Before the next append it is marked: its end becomes <c> #torn</c> and LF. A line never ends so, because
/// JSON ends in a brace. So the mark is unambiguous, and a torn mark is marked again. Only the LF that the mark moves is ever overwritten.
/// </remarks>
internal static class JournalText
{
    private const byte LineFeed = (byte)'\n';
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The end of a line that was marked as no entry.</summary>
    public static ReadOnlySpan<byte> TornMark => " #torn"u8;

    /// <summary>The bytes of a line, LF included.</summary>
    public static byte[] BytesOf(string line) => [.. Encoding.UTF8.GetBytes(line), LineFeed];

    /// <summary>Throws for a line that could be written but not read again.</summary>
    public static void Check(IReadOnlyList<string> lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        foreach (var line in lines)
        {
            ArgumentNullException.ThrowIfNull(line, nameof(lines));
            if (line.AsSpan().ContainsAny('\n', '\0') || line.EndsWith(" #torn", StringComparison.Ordinal))
            {
                throw new ArgumentException("A line of a journal has neither a line feed nor NUL, and does not end as a torn one.", nameof(lines));
            }
        }
    }

    /// <summary>What must be written, and where, before an entry may be appended to these bytes; null if nothing.</summary>
    public static (int At, byte[] Bytes)? MendOf(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
        {
            return null;
        }

        var isEnded = text[^1] == LineFeed;
        var last = isEnded ? text[..^1] : text;
        last = last[(last.LastIndexOf(LineFeed) + 1)..];
        return IsTorn(last, isEnded) ? MarkFor(text) : null;
    }

    /// <summary>The mark that makes the last line of these bytes a torn one, even if it ends with LF.</summary>
    public static (int At, byte[] Bytes) MarkFor(ReadOnlySpan<byte> text) =>
        (text.Length - (text is [.., LineFeed] ? 1 : 0), [.. TornMark, LineFeed]);

    /// <summary>The lines, oldest first.</summary>
    /// <exception cref="IOException">A line is not UTF-8, and a crash cannot explain that.</exception>
    public static IEnumerable<string> Read(ReadOnlyMemory<byte> text, string name)
    {
        for (var number = 1; !text.IsEmpty; number++)
        {
            var end = text.Span.IndexOf(LineFeed);
            var line = end < 0 ? text : text[..end];
            text = end < 0 ? default : text[(end + 1)..];
            if (line.Span.EndsWith(TornMark) || (text.IsEmpty && IsTorn(line.Span, isEnded: end >= 0)))
            {
                continue;
            }

            yield return LineOf(line.Span, name, number);
        }
    }

    private static bool IsTorn(ReadOnlySpan<byte> last, bool isEnded) => !isEnded || (last.Contains((byte)0) && !last.EndsWith(TornMark));

    private static string LineOf(ReadOnlySpan<byte> line, string name, int number)
    {
        try
        {
            return Strict.GetString(line);
        }
        catch (DecoderFallbackException exception)
        {
            throw new IOException($"Line {number.ToString(CultureInfo.InvariantCulture)} of the journal {name} is damaged: it is not UTF-8. Check it; move the file aside to start a new journal.", exception);
        }
    }
}
