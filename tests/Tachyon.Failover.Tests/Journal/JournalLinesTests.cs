using FluentAssertions;
using Tachyon.Failover.Journal;
using Xunit;

namespace Tachyon.Failover.Tests.Journal;

/// <summary>What the lines of a journal mean. The journals themselves only store them.</summary>
public sealed class JournalLinesTests
{
    private static readonly JournalEntry Begin = new() { At = new DateTimeOffset(2026, 11, 23, 12, 0, 0, 123, TimeSpan.Zero), RunId = RunId.Parse("s1"), Event = JournalEvent.Intent, Step = "begin" };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Of_AnEntry_IsOneReadableLine() =>
        JournalLines.Of(Begin).Should().Be("""{"schema":1,"at":"2026-11-23T12:00:00.123+00:00","runId":"s1","event":"Intent","step":"begin"}""");

    [Fact]
    public void Of_AnyWords_IsOneLineInAsciiAndTheSameEntryAgain()
    {
        var entry = Begin with { At = Begin.At.AddTicks(1).ToOffset(TimeSpan.FromHours(5)), Detail = "one\ntwo\r\n\0\"three\" {four} \u00fcnf \u516d #torn" };

        var line = JournalLines.Of(entry);

        line.Should().Match(text => text.All(letter => letter >= ' ' && letter < 127)).And.EndWith("}");
        JournalLines.EntryOf(line).Should().Be(entry with { At = entry.At.ToUniversalTime() });
        JournalLines.EntryOf(line).At.Offset.Should().Be(TimeSpan.Zero);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("# a comment")]
    [InlineData("""{"schema":1,"at":"2026-11-23T12:00:00+00:00","runId":"s1","event":"Paused"}""")]
    [InlineData("""{"schema":1,"at":"2026-11-23T12:00:00+00:00","runId":"s1","event":17}""")]
    [InlineData("""{"schema":1,"at":"2026-11-23T12:00:00+00:00","switchover":null,"event":"Done"}""")]
    [InlineData("""{"schema":1,"at":"yesterday","runId":"s1","event":"Done"}""")]
    [InlineData("""{"schema":1,"at":"2026-11-23T12:00:00+00:00","runId":"s1","event":"Done"} x""")]
    [InlineData("{\"at\":\"2026-11-\0\0\0\0")]
    public async Task ReadEntriesAsync_ALineThatIsNoEntry_NamesItsNumber(string line)
    {
        var journal = new Lines(JournalLines.Of(Begin), line, JournalLines.Of(Begin));

        (await FluentActions.Awaiting(async () => await journal.ReadEntriesAsync(Token).ToListAsync(Token)).Should().ThrowAsync<InvalidDataException>())
            .WithMessage("Entry 2 of the journal cannot be understood: *");
    }

    [Fact]
    public void EntryOf_MembersOfALaterVersion_ArePassedOver() =>
        JournalLines.EntryOf("""{"schema":1,"at":"2026-11-23T13:00:00.123+01:00","runId":"s1","event":"Intent","step":"begin","mood":"good"}""").Should().Be(Begin);

    [Theory]
    [InlineData(2, "*has the schema 2*a later version wrote it*")]
    [InlineData(0, "*has the schema 0*an earlier version wrote it*")]
    public void EntryOf_AnotherSchema_IsRefusedInPlainWords(int schema, string words) =>
        FluentActions.Invoking(() => JournalLines.EntryOf(JournalLines.Of(Begin with { Schema = schema }))).Should().Throw<InvalidDataException>().WithMessage(words);

    private sealed class Lines(params string[] lines) : IFailoverJournal
    {
        public bool OutlivesProcess => true;

        public Task AppendAsync(IReadOnlyList<string> lines, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public IAsyncEnumerable<string> ReadAsync(CancellationToken cancellationToken = default) => lines.ToAsyncEnumerable();
    }
}
