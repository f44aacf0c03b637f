using Tachyon.Failover.Journal;

namespace Tachyon.Failover.IntegrationTests.Switchovers;

/// <summary>A journal that tells when a step is about to be sent, and lets the test do something before it is.</summary>
internal sealed class HookedJournal(SwitchoverStep step, Func<Task> before) : IFailoverJournal
{
    private readonly InMemoryFailoverJournal _journal = new();
    private int _wasHooked;

    public HookedJournal(SwitchoverStep step, Action before)
        : this(
            step,
            () =>
            {
                before();
                return Task.CompletedTask;
            })
    {
    }

    public async Task AppendAsync(IReadOnlyList<JournalEntry> entries, CancellationToken cancellationToken = default)
    {
        if (entries.Any(entry => entry.Event == JournalEvent.Intended && entry.Step == step.ToString()) && Interlocked.Exchange(ref _wasHooked, 1) == 0)
        {
            await before();
        }

        await _journal.AppendAsync(entries, cancellationToken);
    }

    public IAsyncEnumerable<JournalEntry> ReadAsync(CancellationToken cancellationToken = default) => _journal.ReadAsync(cancellationToken);
}
