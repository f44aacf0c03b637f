namespace Tachyon.Failover.Journal;

/// <summary>The event of a journal entry.</summary>
internal enum JournalEvent
{
    /// <summary>A run begins.</summary>
    Begun,

    /// <summary>A step is about to be sent.</summary>
    Intent,

    /// <summary>The step is done.</summary>
    Done,

    /// <summary>The step is not done.</summary>
    NotDone,

    /// <summary>It is unknown whether the step was done.</summary>
    Unknown,

    /// <summary>The run has ended, with an outcome.</summary>
    Ended,

    /// <summary>A pending demotion is completed: the named node is an inactive node, or the active one after all.</summary>
    DemotionCompleted,
}
