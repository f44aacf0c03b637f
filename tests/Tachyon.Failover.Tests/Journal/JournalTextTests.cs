using System.Text;
using CsCheck;
using FluentAssertions;
using Tachyon.Failover.Journal;
using Xunit;

namespace Tachyon.Failover.Tests.Journal;

/// <summary>The bytes of a journal after crashes.</summary>
public sealed class JournalTextTests
{
    private static readonly string[] Lines =
    [
        Line("begin"),
        Line("ünf 六 🚀 #torn"),
        Line("seal"),
    ];

    private static readonly string Next = Line("after the crash");

    private static readonly byte[] Whole = [.. Lines.SelectMany(JournalText.BytesOf)];

    [Fact]
    public void Read_CutAtAnyByte_TheWholeLinesOnly()
    {
        for (var length = 0; length <= Whole.Length; length++)
        {
            Read(Whole[..length]).Should().Equal(Lines.Take(WholeLines(length)), "cut at {0}", length);
        }
    }

    [Fact]
    public void Append_AfterACutAtAnyByte_TheWholeLinesAndTheNewOne()
    {
        for (var length = 0; length <= Whole.Length; length++)
        {
            Read(Append(Whole[..length], Next)).Should().Equal(Lines.Take(WholeLines(length)).Append(Next), "cut at {0}", length);
        }
    }

    /// <summary>A second crash during the repair of the first one, at any byte of the mark and the new line.</summary>
    [Fact]
    public void Append_AfterTwoCrashesAtAnyBytes_TheWholeLinesAndTheNewOne()
    {
        for (var length = 0; length <= Whole.Length; length++)
        {
            var mended = Append(Whole[..length], Line("lost again"));
            var kept = Lines.Take(WholeLines(length)).ToArray();
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
        byte[] bytes = [.. Whole, .. JournalText.BytesOf(Line("lost"))];
        bytes.AsSpan(Whole.Length, 30).Clear();

        Read(bytes).Should().Equal(Lines);
        Read(Append(bytes, Next)).Should().Equal([.. Lines, Next]);
        Read(Append(Append(bytes, Next), Next)).Should().Equal([.. Lines, Next, Next]);
    }

    [Fact]
    public void Read_ZerosOnlyAtTheEnd_LeftOut()
    {
        byte[] bytes = [.. Whole, .. new byte[40]];

        Read(bytes).Should().Equal(Lines);
        Read(Append(bytes, Next)).Should().Equal([.. Lines, Next]);
    }

    [Fact]
    public void MendOf_WholeOrMarked_Nothing()
    {
        JournalText.MendOf([]).Should().BeNull();
        JournalText.MendOf(Whole).Should().BeNull();
        JournalText.MendOf([.. Whole, .. "{\"at\0 #torn\n"u8]).Should().BeNull();
    }

    /// <summary>A crash cannot explain it. The line is given as it is, and is refused when its meaning is asked for.</summary>
    [Fact]
    public void Read_ZerosInTheMiddle_TheLineAsItIs()
    {
        byte[] bytes = [.. Whole];
        bytes.AsSpan(5, 10).Clear();

        Read(bytes).Should().HaveCount(3).And.StartWith(Encoding.UTF8.GetString(bytes[..^1]).Split('\n')[0]);
    }

    [Fact]
    public void Read_NotUtf8_IOExceptionWithItsNumber()
    {
        byte[] bytes = [.. Whole, 0xFF, (byte)'\n', .. Whole];

        FluentActions.Invoking(() => Read(bytes)).Should().Throw<IOException>().WithMessage("Line 4 of the journal /var/x is damaged*");
    }

    [Fact]
    public void Read_Mutations_LinesOrIOException() =>
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
                catch (IOException)
                {
                    // The other possible outcome.
                }
            },
            iter: 5000);

    private static List<string> Read(byte[] bytes) => [.. JournalText.Read(bytes, "/var/x")];

    /// <summary>The behavior of the file, on an array.</summary>
    private static byte[] Append(byte[] bytes, string line)
    {
        if (JournalText.MendOf(bytes) is var (at, mark))
        {
            bytes = [.. bytes[..at], .. mark];
        }

        return [.. bytes, .. JournalText.BytesOf(line)];
    }

    private static int WholeLines(int length) => Whole.Take(length).Count(value => value == '\n');

    private static string Line(string step) => $$"""{"schema":1,"at":"2026-11-23T12:00:00.123+00:00","runId":"s1","event":"Intent","step":"{{step}}"}""";
}
