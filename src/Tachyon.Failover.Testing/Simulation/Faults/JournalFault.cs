namespace Tachyon.Failover.Testing.Simulation.Faults;

/// <summary>The faults of a write to the journal.</summary>
internal enum JournalFault
{
    None,

    /// <summary>Nothing is stored, and the writer gets an error.</summary>
    DiskFull,

    /// <summary>A part is stored, and the writer gets an error.</summary>
    Torn,

    /// <summary>All is stored, and the writer gets an error.</summary>
    StoredAndFailed,

    /// <summary>The writer gets no answer.</summary>
    Hangs,
}
