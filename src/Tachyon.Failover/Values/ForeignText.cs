using System.Globalization;
using System.Text;

namespace Tachyon.Failover;

/// <summary>
/// Text that a host, an RPC, a file or a stranger wrote. It is cleaned here, once, where it enters, so that nothing that shows it has to: not a terminal, not a log, not a hook.
/// </summary>
internal static class ForeignText
{
    private const int Most = 4000;

    /// <summary>
    /// The text on one line and shortened. A character of control or format, such as ESC or U+202E, a line end and half of a surrogate pair become spaces. An escape sequence is harmless without
    /// its first character.
    /// </summary>
    /// <param name="words">The text.</param>
    /// <param name="most">The most characters that remain; the rest becomes an ellipsis.</param>
    public static string Clean(string words, int most = Most)
    {
        if (words.Length <= most && words.All(static letter => letter is >= ' ' and <= '~'))
        {
            return words.Trim();
        }

        var line = new StringBuilder(Math.Min(words.Length, most) + 1);
        foreach (var rune in words.ReplaceLineEndings(" ").Trim().EnumerateRunes())
        {
            if (line.Length + rune.Utf16SequenceLength > most)
            {
                return line.Append('…').ToString();
            }

            line.Append(IsShown(rune) ? rune.ToString() : " ");
        }

        return line.ToString();
    }

    private static bool IsShown(Rune rune) =>
        rune != Rune.ReplacementChar
        && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
