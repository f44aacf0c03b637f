namespace Tachyon.Failover.Testing.Simulation.Faults;

/// <summary>What can go wrong with a write to the journal.</summary>
internal enum JournalFault
{
    None,

    /// <summary>Nothing is stored, and the writer is told.</summary>
    DiskFull,

    /// <summary>A part is stored, and the writer is told that it failed.</summary>
    Torn,

    /// <summary>All is stored, and the writer is told that it failed.</summary>
    StoredAndFailed,

    /// <summary>The writer is told nothing.</summary>
    Hangs,
}
