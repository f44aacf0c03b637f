using FluentAssertions;
using Tachyon.Failover.Journal;
using Xunit;

namespace Tachyon.Failover.Contracts;

/// <summary>The rules for every <see cref="IFailoverJournal"/>.</summary>
public abstract class FailoverJournalContract
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>An empty journal.</summary>
    protected abstract Task<IFailoverJournal> CreateAsync();

    [Fact]
    public async Task Read_NothingAppended_Empty() => (await ReadAsync(await CreateAsync())).Should().BeEmpty();

    [Fact]
    public async Task Read_AfterAppends_LinesInOrderAndAsTheyWereGiven()
    {
        var journal = await CreateAsync();
        string[] lines =
        [
            """{"schema":1,"at":"2026-11-23T12:00:00.1230001+00:00","runId":"s1","event":"Begun"}""",
            """{"detail":"one\ntwo\r\n\u0000 \u0022three\u0022 {four} #torn"}""",
            """{"a field of a later version":{"with":[1,2.50,null]}  ,  "and its blanks":true}""",
            """{"schema":1,"at":"2026-11-23T12:00:00.1230001+00:00","runId":"s1","event":"Begun"}""",
            $$"""{"detail":"{{new string('x', 20_000)}}"}""",
        ];

        await journal.AppendAsync(lines[..2], Cancellation);
        foreach (var line in lines[2..])
        {
            await journal.AppendAsync([line], Cancellation);
        }

        (await ReadAsync(journal)).Should().Equal(lines);
    }

    [Fact]
    public async Task Append_SameLineTwice_TwoLines()
    {
        var journal = await CreateAsync();

        await journal.AppendAsync([Line(1)], Cancellation);
        await journal.AppendAsync([Line(1)], Cancellation);

        (await ReadAsync(journal)).Should().Equal(Line(1), Line(1));
    }

    [Fact]
    public async Task Read_Twice_SameLines()
    {
        var journal = await CreateAsync();
        await journal.AppendAsync([Line(1)], Cancellation);
        await journal.AppendAsync([Line(2)], Cancellation);

        (await ReadAsync(journal)).Should().Equal(await ReadAsync(journal));
    }

    [Fact]
    public async Task Append_FromManyThreads_AllKeptAndEachThreadInOrder()
    {
        var journal = await CreateAsync();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(thread => Task.Run(
            async () =>
            {
                for (var i = 0; i < 10; i++)
                {
                    await journal.AppendAsync([Line((100 * thread) + i)], Cancellation);
                    (await ReadAsync(journal)).Should().Contain(Line((100 * thread) + i), "a finished append can be read");
                }
            },
            Cancellation)));

        var lines = await ReadAsync(journal);
        lines.Should().HaveCount(80);
        for (var thread = 0; thread < 8; thread++)
        {
            var own = Enumerable.Range(100 * thread, 10).Select(Line).ToList();
            lines.Where(own.Contains).Should().Equal(own);
        }
    }

    [Fact]
    public async Task Append_CancelledBefore_CancelledAndNothingKept()
    {
        var journal = await CreateAsync();

        await FluentActions.Awaiting(() => journal.AppendAsync([Line(1)], new CancellationToken(canceled: true)))
            .Should().ThrowAsync<OperationCanceledException>();

        (await ReadAsync(journal)).Should().BeEmpty();
    }

    [Fact]
    public async Task Read_AppendedMeanwhile_NoPartOfALine()
    {
        var journal = await CreateAsync();
        await journal.AppendAsync([Line(1)], Cancellation);
        var seen = new List<string>();

        await foreach (var line in journal.ReadAsync(Cancellation))
        {
            seen.Add(line);
            if (seen.Count < 3)
            {
                await journal.AppendAsync([Line(seen.Count + 1)], Cancellation);
            }
        }

        seen.Should().StartWith(Line(1));
        (await ReadAsync(journal)).Should().StartWith(seen);
    }

    [Fact]
    public async Task Read_Cancelled_Cancelled()
    {
        var journal = await CreateAsync();
        await journal.AppendAsync([Line(1)], Cancellation);

        await FluentActions.Awaiting(async () => await journal.ReadAsync(new CancellationToken(canceled: true)).ToListAsync(Cancellation))
            .Should().ThrowAsync<OperationCanceledException>();
    }

    protected static async Task<IReadOnlyList<string>> ReadAsync(IFailoverJournal journal)
    {
        ArgumentNullException.ThrowIfNull(journal);
        return await journal.ReadAsync(Cancellation).ToListAsync(Cancellation);
    }

    /// <summary>A line, another one for each number.</summary>
    protected static string Line(int number) => $$"""{"schema":1,"runId":"s1","event":"Done","step":"{{number}}"}""";
}
