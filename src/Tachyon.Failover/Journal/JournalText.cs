using System.Globalization;
using System.Text.Json;

namespace Tachyon.Failover.Journal;

/// <summary>
/// The bytes of a journal: one JSON object per line, UTF-8, each line ended by LF. Pure.
/// </summary>
/// <remarks>
/// A crash can leave the last line torn: without its LF, or with zeros in it if the file system stored the new length before the content.
/// Readers skip such a line. Before the next append it is marked: its end becomes <c> #torn</c> and LF. An entry never ends so, because
/// it ends in a brace. So the mark is unambiguous, and a torn mark is marked again. Only the LF that the mark moves is ever overwritten.
/// </remarks>
internal static class JournalText
{
    private const byte LineFeed = (byte)'\n';

    /// <summary>The end of a line that was marked as no entry.</summary>
    public static ReadOnlySpan<byte> TornMark => " #torn"u8;

    /// <summary>The line of an entry, LF included.</summary>
    public static byte[] LineOf(JournalEntry entry)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(entry with { At = entry.At.ToUniversalTime() }, JournalJson.Default.JournalEntry);
        return [.. json, LineFeed];
    }

    /// <summary>Throws for an entry that could be written but not read again.</summary>
    public static void Check(IReadOnlyList<JournalEntry> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        foreach (var entry in entries)
        {
            ArgumentNullException.ThrowIfNull(entry, nameof(entries));
            if (entry.RunId == default || !Enum.IsDefined(entry.Event))
            {
                throw new ArgumentException("A journal entry needs its run id and one of the known events.", nameof(entries));
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

    /// <summary>The entries, oldest first.</summary>
    /// <exception cref="JournalCorruptException">A line is neither an entry nor torn.</exception>
    public static IEnumerable<JournalEntry> Read(ReadOnlyMemory<byte> text, string name)
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

            yield return Entry(line.Span, name, number);
        }
    }

    private static bool IsTorn(ReadOnlySpan<byte> last, bool isEnded) => !isEnded || (last.Contains((byte)0) && !last.EndsWith(TornMark));

    private static JournalEntry Entry(ReadOnlySpan<byte> line, string name, int number)
    {
        try
        {
            var entry = JsonSerializer.Deserialize(line, JournalJson.Default.JournalEntry) ?? throw new JsonException("The line is null.");
            return Enum.IsDefined(entry.Event)
                ? entry with { At = entry.At.ToUniversalTime() }
                : throw new JsonException($"'{entry.Event}' is no event.");
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            throw new JournalCorruptException(
                $"Line {number.ToString(CultureInfo.InvariantCulture)} of the journal {name} is no entry: {exception.Message} " +
                "It may be of a later version of this library, or was changed by hand. Check it; move the file aside to start a new journal.",
                number,
                exception);
        }
    }
}
