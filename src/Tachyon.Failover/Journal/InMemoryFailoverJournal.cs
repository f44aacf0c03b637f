using System.Runtime.CompilerServices;

namespace Tachyon.Failover.Journal;

/// <summary>
/// A journal that is lost with the process: for tests, and for programs that keep their own record. After a crash of the coordinator it is
/// empty, so a recovery must rely on both hosts, and a takeover is refused with it. Otherwise use <see cref="FileFailoverJournal"/>.
/// </summary>
/// <remarks>Thread-safe.</remarks>
public sealed class InMemoryFailoverJournal : IFailoverJournal
{
    private readonly Lock _lock = new();
    private readonly List<JournalEntry> _entries = [];

    /// <inheritdoc/>
    /// <value>False: a takeover is refused with this journal.</value>
    public bool OutlivesProcess => false;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">An entry has no run id, or an unknown event. None was kept.</exception>
    public Task AppendAsync(IReadOnlyList<JournalEntry> entries, CancellationToken cancellationToken = default)
    {
        JournalText.Check(entries);
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled(cancellationToken);
        }

        lock (_lock)
        {
            _entries.AddRange(entries.Select(entry => entry with { At = entry.At.ToUniversalTime() }));
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<JournalEntry> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        JournalEntry[] entries;
        lock (_lock)
        {
            entries = [.. _entries];
        }

        foreach (var entry in entries)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return entry;
        }

        await Task.CompletedTask.ConfigureAwait(false);
    }
}
