using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Tachyon.Failover.Journal;

/// <summary>What a line of a journal means: an entry in JSON, with the schema that this version knows. The journals only store the lines.</summary>
internal static class JournalLines
{
    /// <summary>The line of an entry: ASCII, because JSON escapes all other characters.</summary>
    public static string Of(JournalEntry entry) => JsonSerializer.Serialize(entry with { At = entry.At.ToUniversalTime() }, JournalJson.Default.JournalEntry);

    /// <summary>The entry of a line.</summary>
    /// <param name="line">The line.</param>
    /// <param name="number">Its number in the journal, from 1, for the message.</param>
    /// <exception cref="InvalidDataException">The line is no entry, or has another schema.</exception>
    public static JournalEntry EntryOf(string line, int number = 1)
    {
        try
        {
            var entry = JsonSerializer.Deserialize(line, JournalJson.Default.JournalEntry) ?? throw new JsonException("The line is null.");
            return entry.Schema != JournalEntry.CurrentSchema ? throw OtherSchema(entry.Schema, number)
                : !Enum.IsDefined(entry.Event) ? throw new JsonException($"'{entry.Event}' is no event.")
                : entry with { At = entry.At.ToUniversalTime() };
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException($"Entry {Text(number)} of the journal cannot be understood: {exception.Message} It was changed by hand, or the storage has damaged it. Check it, or start a new journal.", exception);
        }
    }

    /// <summary>Appends entries to a journal.</summary>
    public static Task AppendEntriesAsync(this IFailoverJournal journal, IEnumerable<JournalEntry> entries, CancellationToken cancellationToken = default) =>
        journal.AppendAsync([.. entries.Select(Of)], cancellationToken);

    /// <summary>Reads the entries of a journal, oldest first.</summary>
    /// <exception cref="IOException">The journal cannot be read.</exception>
    /// <exception cref="InvalidDataException">A line is no entry, or has another schema.</exception>
    public static async IAsyncEnumerable<JournalEntry> ReadEntriesAsync(this IFailoverJournal journal, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var number = 0;
        await foreach (var line in journal.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            yield return EntryOf(line, ++number);
        }
    }

    private static InvalidDataException OtherSchema(int schema, int number) => new(
        schema > JournalEntry.CurrentSchema
            ? $"Entry {Text(number)} of the journal has the schema {Text(schema)}, and this version knows only schema {Text(JournalEntry.CurrentSchema)}: a later version wrote it. Use that version, or a later one."
            : $"Entry {Text(number)} of the journal has the schema {Text(schema)}, and this version knows only schema {Text(JournalEntry.CurrentSchema)}: an earlier version wrote it. Complete its runs with that version, and start a new journal.");

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
