using Tachyon.Failover.Journal;
using Tachyon.Failover.Testing.Simulation.Faults;

namespace Tachyon.Failover.Testing.Simulation.Coordinators;

/// <summary>A journal on the coordinator's disk, with the faults of a disk.</summary>
internal sealed class SimulatedJournal(IFailoverJournal inner, SimulatedCoordinator owner) : IFailoverJournal
{
    /// <summary>The process is simulated, and its journal is part of the world.</summary>
    public bool OutlivesProcess => true;

    public async Task AppendAsync(IReadOnlyList<string> lines, CancellationToken cancellationToken = default)
    {
        var fault = owner.Plan.OnJournal();
        if (!owner.IsAlive || fault == JournalFault.Hangs)
        {
            await new TaskCompletionSource().Task.ConfigureAwait(false);
        }

        // An fsync.
        await owner.LaterAsync(owner.Random.Milliseconds(0.2, 4), static () => true).ConfigureAwait(false);
        var stored = fault switch
        {
            JournalFault.DiskFull => [],
            JournalFault.Torn => [.. lines.Take(lines.Count / 2)],
            _ => lines,
        };
        if (stored.Count > 0)
        {
            await inner.AppendAsync(stored, cancellationToken).ConfigureAwait(false);
        }

        if (fault != JournalFault.None)
        {
            throw new IOException("No space left on device");
        }
    }

    public IAsyncEnumerable<string> ReadAsync(CancellationToken cancellationToken = default) => inner.ReadAsync(cancellationToken);
}
