namespace Tachyon.Failover.Soak.Takeovers;

/// <summary>By what a takeover is allowed.</summary>
internal enum PolicyKind
{
    /// <summary>The default: the lost node must be fenced.</summary>
    Fenced,

    /// <summary>Silence is enough, because a guard runs on the node.</summary>
    Guarded,

    /// <summary>Silence and dead ports are enough. Only for losses in which the machine is off: for other losses the user of this policy takes a risk that no judge can remove.</summary>
    Observed,

    /// <summary>A person says so, and is right.</summary>
    Asserted,
}
