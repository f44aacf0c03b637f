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
    private readonly List<string> _lines = [];

    /// <inheritdoc/>
    /// <value>False: a takeover is refused with this journal.</value>
    public bool OutlivesProcess => false;

    /// <inheritdoc/>
    public Task AppendAsync(IReadOnlyList<string> lines, CancellationToken cancellationToken = default)
    {
        JournalText.Check(lines);
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled(cancellationToken);
        }

        lock (_lock)
        {
            _lines.AddRange(lines);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<string> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        string[] lines;
        lock (_lock)
        {
            lines = [.. _lines];
        }

        foreach (var line in lines)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return line;
        }

        await Task.CompletedTask.ConfigureAwait(false);
    }
}
