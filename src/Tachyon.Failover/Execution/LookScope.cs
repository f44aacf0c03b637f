namespace Tachyon.Failover.Execution;

/// <summary>What a preflight looks at besides the checks. A run looks twice, and need not see twice what cannot have changed; who only asks sees all of it at once.</summary>
/// <param name="OfTargetAlone">Whether the source is left out, as a takeover does: nothing is asked of it, and what is about it does not count.</param>
/// <param name="AtReplay">Whether the target is seen to replay blocks, which takes a second.</param>
/// <param name="AtWindow">Whether the leader schedule is looked at for a restart window.</param>
internal readonly record struct LookScope(bool OfTargetAlone, bool AtReplay, bool AtWindow)
{
    /// <summary>Whether a switchover could begin.</summary>
    public static LookScope Switchover { get; } = new(OfTargetAlone: false, AtReplay: true, AtWindow: true);

    /// <summary>Whether a takeover could, the evidence left out.</summary>
    public static LookScope Takeover { get; } = new(OfTargetAlone: true, AtReplay: true, AtWindow: false);

    /// <summary>The first look of a run: the second one sees whether the target replays.</summary>
    public LookScope First => this with { AtReplay = false };

    /// <summary>The second look of a run, with its locks held: its window is found, and is looked at by itself.</summary>
    public LookScope Second => this with { AtWindow = false };
}
