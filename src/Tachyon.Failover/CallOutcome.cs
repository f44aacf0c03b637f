namespace Tachyon.Failover;

/// <summary>The three outcomes of a call on a host.</summary>
public enum CallOutcome
{
    /// <summary>It was sent and no answer came: it may be done, may still be executed, or may never be.</summary>
    Unknown = 0,

    /// <summary>The host answered that it is done.</summary>
    Done = 1,

    /// <summary>The host answered that it is not done, or the call was never sent.</summary>
    NotDone = 2,
}
