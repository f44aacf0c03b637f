namespace Tachyon.Failover;

/// <summary>What is known of a call that was made on a host. There is no fourth value, and none stands for another.</summary>
public enum CallOutcome
{
    /// <summary>The host answered that it is done.</summary>
    Done,

    /// <summary>The host answered that it is not done, or the call was never sent.</summary>
    NotDone,

    /// <summary>It was sent and no answer came: it may be done, may never be, or may yet happen.</summary>
    Unknown,
}
