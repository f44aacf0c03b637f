using Tachyon.Failover.Journal;

namespace Tachyon.Failover.IntegrationTests.Switchovers;

/// <summary>A journal that tells when a step is about to be sent, and lets the test do something before it is.</summary>
internal sealed class HookedJournal(FailoverStep step, Func<Task> before, IFailoverJournal? inner = null) : IFailoverJournal
{
    private readonly IFailoverJournal _journal = inner ?? new InMemoryFailoverJournal();
    private int _wasHooked;
    private volatile bool _isClosed;

    public HookedJournal(FailoverStep step, Action before, IFailoverJournal? inner = null)
        : this(
            step,
            () =>
            {
                before();
                return Task.CompletedTask;
            },
            inner)
    {
    }

    /// <summary>The coordinator that writes it is dead: nothing is written any more.</summary>
    public void Close() => _isClosed = true;

    /// <summary>It stands for one that does.</summary>
    public bool OutlivesProcess => true;

    public async Task AppendAsync(IReadOnlyList<string> lines, CancellationToken cancellationToken = default)
    {
        if (lines.Select(line => JournalLines.EntryOf(line)).Any(entry => entry.Event == JournalEvent.Intent && entry.Step == step.ToString()) && Interlocked.Exchange(ref _wasHooked, 1) == 0)
        {
            await before();
        }

        if (_isClosed)
        {
            throw new IOException("Its coordinator is dead.");
        }

        await _journal.AppendAsync(lines, cancellationToken);
    }

    public IAsyncEnumerable<string> ReadAsync(CancellationToken cancellationToken = default) => _journal.ReadAsync(cancellationToken);
}
