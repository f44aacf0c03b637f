namespace Tachyon.Failover.Takeover;

/// <summary>What became of the attempts to fence the lost node. A fact that is null is not known. Immutable.</summary>
internal sealed record SourceReach
{
    /// <summary>Whether its shell answers.</summary>
    public bool ShellAnswers { get; init; }

    /// <summary>Whether there is an adapter that can cut its power, or the like, which has not been tried yet.</summary>
    public bool HasFence { get; init; }

    /// <summary>Whether its identity link was seen on the unstaked keypair: no restart brings the staked identity back.</summary>
    public bool? LinkIsUnstaked { get; init; }

    /// <summary>Whether its validator was seen to run the unstaked identity, behind our own demotion.</summary>
    public bool? IsDemoted { get; init; }

    /// <summary>Whether its validator says that it runs the staked identity, or is up and says nothing of it, as one that starts: a process that has begun before its link was moved.</summary>
    public bool MayRunStaked { get; init; }

    /// <summary>Whether its voters were taken away behind that, and the validator said so.</summary>
    public bool? IsSealed { get; init; }

    /// <summary>Whether its validator was told to stop, whatever came of that.</summary>
    public bool WasStopped { get; init; }

    /// <summary>Whether no validator that could have the staked identity runs on it any more, as read back.</summary>
    public bool? IsStopped { get; init; }

    /// <summary>Whether the adapter was told to fence it, and did not refuse.</summary>
    public bool WasFenced { get; init; }

    /// <summary>Whether the adapter says that it is fenced, and was asked again and still says so.</summary>
    public bool? IsPoweredOff { get; init; }

    /// <summary>
    /// Whether it cannot vote, and no restart changes that. A demoted one has voted its last only once it is sealed as well: replay lays the old identity down late (validator.md 1.4).
    /// </summary>
    public bool IsFenced =>
        IsPoweredOff == true || (LinkIsUnstaked == true && (IsStopped == true || (IsDemoted == true && IsSealed == true)));

    /// <summary>
    /// Whether what was done to it may have fenced it, and the newest look could not tell. A look that failed is no proof of the opposite: another one may show it. Nobody votes meanwhile, and
    /// nobody would if the node were given back what was taken from it.
    /// </summary>
    public bool MayBeFenced => !IsFenced
        && ((WasFenced && IsPoweredOff is null)
            || (LinkIsUnstaked != false && ((WasStopped && IsStopped != false) || (IsSealed == true && IsDemoted != false))));
}
