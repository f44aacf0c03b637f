using System.Runtime.CompilerServices;
using Tachyon.Failover.Journal;

namespace Tachyon.Failover.Tests.Recovery;

/// <summary>A journal that runs an action when a step is intended for the first time, and can refuse to be read.</summary>
internal sealed class StoryJournal(FailoverStep step, Action<StoryJournal> before) : IFailoverJournal
{
    private readonly InMemoryFailoverJournal _journal = new();
    private bool _isTold;

    public bool CanBeRead { get; set; } = true;

    public bool Forgets { get; set; }

    public bool OutlivesProcess => true;

    public Task AppendAsync(IReadOnlyList<string> lines, CancellationToken cancellationToken = default)
    {
        var appended = Forgets ? Task.CompletedTask : _journal.AppendAsync(lines, cancellationToken);
        if (!_isTold && lines.Select(line => JournalLines.EntryOf(line)).Any(entry => entry.Event == JournalEvent.Intent && entry.Step == step.ToString()))
        {
            _isTold = true;
            before(this);
        }

        return appended;
    }

    /// <summary>The entries of another coordinator's run.</summary>
    public void Others(string run, string stakedIdentity, params (JournalEvent Event, FailoverStep? Step)[] entries) => _journal.AppendEntriesAsync(
        [
            .. entries.Select(entry => new JournalEntry
            {
                At = DateTimeOffset.UnixEpoch,
                RunId = RunId.Parse(run),
                Event = entry.Event,
                Step = entry.Step?.ToString(),
                StakedIdentity = stakedIdentity,
                Source = "a",
                Target = "b",
            }),
        ]).GetAwaiter().GetResult();

    public async IAsyncEnumerable<string> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        if (!CanBeRead)
        {
            throw new IOException("Input/output error");
        }

        await foreach (var line in _journal.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            yield return line;
        }
    }
}
