namespace Tachyon.Failover.Journal;

/// <summary>What a journal entry says.</summary>
public enum JournalEvent
{
    /// <summary>A switchover begins.</summary>
    Begun,

    /// <summary>A step is about to be sent.</summary>
    Intended,

    /// <summary>The step is done.</summary>
    Done,

    /// <summary>The step is not done.</summary>
    NotDone,

    /// <summary>It is not known whether the step was done.</summary>
    Unknown,

    /// <summary>The switchover has ended, with an outcome.</summary>
    Ended,

    /// <summary>What a takeover had left to be done on one node, which the entry names, is done: it is an inactive node, or the active one after all.</summary>
    Settled,
}
