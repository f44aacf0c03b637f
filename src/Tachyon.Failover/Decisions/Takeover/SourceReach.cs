namespace Tachyon.Failover.Decisions;

/// <summary>The results of the attempts to fence the lost node. A null fact is unknown. Immutable.</summary>
internal sealed record SourceReach
{
    /// <summary>The node's name.</summary>
    public string Name { get; init; } = "the lost node";

    /// <summary>Whether its shell answers.</summary>
    public bool ShellAnswers { get; init; }

    /// <summary>Whether there is a fencing device that has not been tried yet.</summary>
    public bool HasFence { get; init; }

    /// <summary>Whether its identity link was seen to point at the unstaked keypair, so that it does not start with the staked identity.</summary>
    public bool? LinkIsUnstaked { get; init; }

    /// <summary>Whether its validator was seen to run the unstaked identity, after this takeover demoted it.</summary>
    public bool? IsDemoted { get; init; }

    /// <summary>Whether its validator reports the staked identity, or is up or starting without a report: a process that started before its link was moved.</summary>
    public bool MayRunStaked { get; init; }

    /// <summary>Whether its voters were removed after that, and the validator confirmed it.</summary>
    public bool? IsSealed { get; init; }

    /// <summary>Whether its validator was told to stop, with any result.</summary>
    public bool WasStopped { get; init; }

    /// <summary>Whether no validator that could have the staked identity runs on it any more, as read back.</summary>
    public bool? IsStopped { get; init; }

    /// <summary>Whether the fencing device was told to fence it, and did not refuse.</summary>
    public bool WasFenced { get; init; }

    /// <summary>Whether the fencing device reports that it is fenced, and confirmed it when asked again.</summary>
    public bool? IsPoweredOff { get; init; }

    /// <summary>The fencing device's own text; null if there is none.</summary>
    public string? FenceSays { get; init; }

    /// <summary>The newest slot of the chain after the fencing device had fenced it; null if it was not fenced, or the slot is unknown.</summary>
    public ulong? FencedAt { get; init; }

    /// <summary>
    /// Whether it cannot vote, and a restart does not change that. A demoted node has cast its last vote only after it is sealed as well: replay drops the old identity late (validator.md 1.4).
    /// </summary>
    public bool IsFenced =>
        IsPoweredOff == true || (LinkIsUnstaked == true && (IsStopped == true || (IsDemoted == true && IsSealed == true)));

    /// <summary>
    /// Whether an action may have fenced it, and the newest probe could not show it. A failed probe proves nothing: another one may show it. The node does not vote meanwhile,
    /// and would not vote if it were restored.
    /// </summary>
    public bool MayBeFenced => !IsFenced
        && ((WasFenced && IsPoweredOff is null)
            || (LinkIsUnstaked != false && ((WasStopped && IsStopped != false) || (IsSealed == true && IsDemoted != false))));
}
