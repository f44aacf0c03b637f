namespace Tachyon.Failover.Decisions;

/// <summary>Whether a step can be canceled while it runs.</summary>
internal enum CancelRule
{
    Never,

    /// <summary>Only while the run has changed nothing.</summary>
    BeforeAnyChange,

    Always,
}
