using System.Text;
using CsCheck;
using FluentAssertions;
using Tachyon.Failover.Journal;
using Xunit;

namespace Tachyon.Failover.Tests.Journal;

/// <summary>The bytes of a journal after crashes.</summary>
public sealed class JournalTextTests
{
    private static readonly JournalEntry[] Entries =
    [
        Entry("begin"),
        Entry("fence") with { Detail = "ünf 六 🚀 #torn\n" },
        Entry("seal"),
    ];

    private static readonly JournalEntry Next = Entry("after the crash");

    private static readonly byte[] Whole = [.. Entries.SelectMany(JournalText.LineOf)];

    [Fact]
    public void LineOf_Entry_OneReadableLine() =>
        Encoding.UTF8.GetString(JournalText.LineOf(Entries[0])).Should().Be(
            """{"schema":1,"at":"2026-11-23T12:00:00.123+00:00","runId":"s1","event":"Intent","step":"begin"}""" + "\n");

    [Fact]
    public void Read_CutAtAnyByte_TheWholeLinesOnly()
    {
        for (var length = 0; length <= Whole.Length; length++)
        {
            Read(Whole[..length]).Should().Equal(Entries.Take(WholeLines(length)), "cut at {0}", length);
        }
    }

    [Fact]
    public void Append_AfterACutAtAnyByte_TheWholeLinesAndTheNewOne()
    {
        for (var length = 0; length <= Whole.Length; length++)
        {
            Read(Append(Whole[..length], Next)).Should().Equal(Entries.Take(WholeLines(length)).Append(Next), "cut at {0}", length);
        }
    }

    /// <summary>A second crash during the repair of the first one, at any byte of the mark and the new line.</summary>
    [Fact]
    public void Append_AfterTwoCrashesAtAnyBytes_TheWholeLinesAndTheNewOne()
    {
        for (var length = 0; length <= Whole.Length; length++)
        {
            var mended = Append(Whole[..length], Entry("lost again"));
            var kept = Entries.Take(WholeLines(length)).ToArray();
            for (var again = length; again < mended.Length; again++)
            {
                var bytes = mended[..again];
                Read(bytes).Should().Equal(kept, "cut at {0}, then at {1}", length, again);
                Read(Append(bytes, Next)).Should().Equal(kept.Append(Next), "cut at {0}, then at {1}", length, again);
            }
        }
    }

    [Fact]
    public void Read_LastLineEndedButPartlyZeros_LeftOutAndMarkedByTheNextAppend()
    {
        // The length and the second half of the line had reached the disk; the first half had not.
        byte[] bytes = [.. Whole, .. JournalText.LineOf(Entry("lost"))];
        bytes.AsSpan(Whole.Length, 30).Clear();

        Read(bytes).Should().Equal(Entries);
        Read(Append(bytes, Next)).Should().Equal([.. Entries, Next]);
        Read(Append(Append(bytes, Next), Next)).Should().Equal([.. Entries, Next, Next]);
    }

    [Fact]
    public void Read_ZerosOnlyAtTheEnd_LeftOut()
    {
        byte[] bytes = [.. Whole, .. new byte[40]];

        Read(bytes).Should().Equal(Entries);
        Read(Append(bytes, Next)).Should().Equal([.. Entries, Next]);
    }

    [Fact]
    public void MendOf_WholeOrMarked_Nothing()
    {
        JournalText.MendOf([]).Should().BeNull();
        JournalText.MendOf(Whole).Should().BeNull();
        JournalText.MendOf([.. Whole, .. "{\"at\0 #torn\n"u8]).Should().BeNull();
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("# a comment")]
    [InlineData("""{"at":"2026-11-23T12:00:00+00:00","runId":"s1","event":"Paused"}""")]
    [InlineData("""{"at":"2026-11-23T12:00:00+00:00","runId":"s1","event":17}""")]
    [InlineData("""{"at":"2026-11-23T12:00:00+00:00","switchover":null,"event":"Done"}""")]
    [InlineData("""{"at":"yesterday","runId":"s1","event":"Done"}""")]
    [InlineData("""{"at":"2026-11-23T12:00:00+00:00","runId":"s1","event":"Done"} x""")]
    public void Read_EndedLineThatIsNoEntry_CorruptWithItsNumber(string line)
    {
        var bytes = Whole.Concat(Encoding.UTF8.GetBytes(line + "\n"));

        FluentActions.Invoking(() => Read([.. bytes])).Should().Throw<JournalCorruptException>().Which.Line.Should().Be(4);
        FluentActions.Invoking(() => Read([.. bytes, .. Whole])).Should().Throw<JournalCorruptException>()
            .WithMessage("Line 4 of the journal /var/x is no entry*");
    }

    [Fact]
    public void Read_ZerosInTheMiddle_Corrupt()
    {
        byte[] bytes = [.. Whole];
        bytes.AsSpan(5, 10).Clear();

        FluentActions.Invoking(() => Read(bytes)).Should().Throw<JournalCorruptException>().Which.Line.Should().Be(1);
    }

    [Fact]
    public void Read_MembersOfALaterVersion_PassedOver() =>
        Read("""{"schema":1,"at":"2026-11-23T13:00:00.123+01:00","runId":"s1","event":"Intent","step":"begin","mood":"good"}"""u8.ToArray().Append((byte)'\n').ToArray())
            .Should().Equal(Entries[0]);

    [Fact]
    public void Read_Mutations_EntriesOrJournalCorruptException() =>
        Gen.Select(Gen.Int[0, Whole.Length - 1], Gen.Byte).Array[1, 5].Sample(
            changes =>
            {
                byte[] bytes = [.. Whole];
                foreach (var (at, value) in changes)
                {
                    bytes[at] = value;
                }

                try
                {
                    Read(bytes).Should().HaveCountLessThanOrEqualTo(bytes.Count(value => value == '\n'));
                }
                catch (JournalCorruptException)
                {
                    // The other possible outcome.
                }
            },
            iter: 5000);

    private static List<JournalEntry> Read(byte[] bytes) => [.. JournalText.Read(bytes, "/var/x")];

    /// <summary>The behavior of the file, on an array.</summary>
    private static byte[] Append(byte[] bytes, JournalEntry entry)
    {
        if (JournalText.MendOf(bytes) is var (at, mark))
        {
            bytes = [.. bytes[..at], .. mark];
        }

        return [.. bytes, .. JournalText.LineOf(entry)];
    }

    private static int WholeLines(int length) => Whole.Take(length).Count(value => value == '\n');

    private static JournalEntry Entry(string step) =>
        new() { At = new DateTimeOffset(2026, 11, 23, 12, 0, 0, 123, TimeSpan.Zero), RunId = RunId.Parse("s1"), Event = JournalEvent.Intent, Step = step };
}
