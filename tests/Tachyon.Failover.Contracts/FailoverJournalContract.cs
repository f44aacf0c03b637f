using System.Globalization;
using FluentAssertions;
using Tachyon.Failover.Journal;
using Xunit;

namespace Tachyon.Failover.Contracts;

/// <summary>The rules for every <see cref="IFailoverJournal"/>.</summary>
public abstract class FailoverJournalContract
{
    private static readonly DateTimeOffset At = new(2026, 11, 23, 12, 0, 0, 123, TimeSpan.Zero);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>An empty journal.</summary>
    protected abstract Task<IFailoverJournal> CreateAsync();

    [Fact]
    public async Task Read_NothingAppended_Empty() => (await ReadAsync(await CreateAsync())).Should().BeEmpty();

    [Fact]
    public async Task Read_AfterAppends_EntriesInOrderAndWhole()
    {
        var journal = await CreateAsync();
        JournalEntry[] entries =
        [
            new() { At = At, RunId = RunId.Parse("s1"), Event = JournalEvent.Begun, StakedIdentity = "AykuShNXpnPj3zE7hs5dyYVequ4CWBHnr7Fe6NZbSWJq", Source = "a", Target = "b" },
            new() { At = At.AddTicks(1), RunId = RunId.Parse("s1"), Event = JournalEvent.Intent, Step = "fence" },
            new() { At = At, RunId = RunId.Parse("s1"), Event = JournalEvent.Done, Step = "fence", Detail = "" },
            new() { At = At, RunId = RunId.Parse("s-2"), Event = JournalEvent.NotDone, Detail = "one\ntwo\r\n\0\"three\" {four} ünf 六 🚀 #torn" },
            new() { At = At, RunId = RunId.Parse("s1"), Event = JournalEvent.Unknown, Step = "promote" },
            new() { At = At, RunId = RunId.Parse("s1"), Event = JournalEvent.Ended, Detail = " #torn" },
        ];

        foreach (var entry in entries)
        {
            await journal.AppendAsync([entry], Cancellation);
        }

        (await ReadAsync(journal)).Should().Equal(entries);
    }

    [Fact]
    public async Task Append_LocalTime_KeptInUtc()
    {
        var journal = await CreateAsync();

        await journal.AppendAsync([Entry(1) with { At = At.ToOffset(TimeSpan.FromHours(5)) }], Cancellation);

        var kept = (await ReadAsync(journal)).Should().ContainSingle().Subject.At;
        kept.Should().Be(At);
        kept.Offset.Should().Be(TimeSpan.Zero);
    }

    [Fact]
    public async Task Append_SameEntryTwice_TwoEntries()
    {
        var journal = await CreateAsync();

        await journal.AppendAsync([Entry(1)], Cancellation);
        await journal.AppendAsync([Entry(1)], Cancellation);

        (await ReadAsync(journal)).Should().Equal(Entry(1), Entry(1));
    }

    [Fact]
    public async Task Read_Twice_SameEntries()
    {
        var journal = await CreateAsync();
        await journal.AppendAsync([Entry(1)], Cancellation);
        await journal.AppendAsync([Entry(2)], Cancellation);

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
                    await journal.AppendAsync([Entry(i) with { RunId = RunId.Parse(Name(thread)) }], Cancellation);
                    (await ReadAsync(journal)).Should().Contain(Entry(i) with { RunId = RunId.Parse(Name(thread)) }, "a finished append can be read");
                }
            },
            Cancellation)));

        var entries = await ReadAsync(journal);
        entries.Should().HaveCount(80);
        for (var thread = 0; thread < 8; thread++)
        {
            entries.Where(entry => entry.RunId.ToString() == Name(thread)).Select(entry => entry.Step)
                .Should().Equal(Enumerable.Range(0, 10).Select(Name));
        }
    }

    [Fact]
    public async Task Append_CancelledBefore_CancelledAndNothingKept()
    {
        var journal = await CreateAsync();

        await FluentActions.Awaiting(() => journal.AppendAsync([Entry(1)], new CancellationToken(canceled: true)))
            .Should().ThrowAsync<OperationCanceledException>();

        (await ReadAsync(journal)).Should().BeEmpty();
    }

    [Fact]
    public async Task Append_UnknownEvent_RefusedAndNothingKept()
    {
        var journal = await CreateAsync();

        await FluentActions.Awaiting(() => journal.AppendAsync([Entry(1) with { Event = (JournalEvent)99 }], Cancellation))
            .Should().ThrowAsync<ArgumentException>();

        (await ReadAsync(journal)).Should().BeEmpty();
    }

    [Fact]
    public async Task Read_AppendedMeanwhile_NoPartOfAnEntry()
    {
        var journal = await CreateAsync();
        await journal.AppendAsync([Entry(1)], Cancellation);
        var seen = new List<JournalEntry>();

        await foreach (var entry in journal.ReadAsync(Cancellation))
        {
            seen.Add(entry);
            if (seen.Count < 3)
            {
                await journal.AppendAsync([Entry(seen.Count + 1)], Cancellation);
            }
        }

        seen.Should().StartWith(Entry(1));
        (await ReadAsync(journal)).Should().StartWith(seen);
    }

    [Fact]
    public async Task Read_Cancelled_Cancelled()
    {
        var journal = await CreateAsync();
        await journal.AppendAsync([Entry(1)], Cancellation);

        await FluentActions.Awaiting(async () => await journal.ReadAsync(new CancellationToken(canceled: true)).ToListAsync(Cancellation))
            .Should().ThrowAsync<OperationCanceledException>();
    }

    protected static async Task<IReadOnlyList<JournalEntry>> ReadAsync(IFailoverJournal journal)
    {
        ArgumentNullException.ThrowIfNull(journal);
        return await journal.ReadAsync(Cancellation).ToListAsync(Cancellation);
    }

    protected static JournalEntry Entry(int number) =>
        new() { At = At.AddSeconds(number), RunId = RunId.Parse("s1"), Event = JournalEvent.Done, Step = Name(number) };

    private static string Name(int number) => number.ToString(CultureInfo.InvariantCulture);
}
