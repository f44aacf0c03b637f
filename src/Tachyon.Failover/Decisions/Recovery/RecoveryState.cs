namespace Tachyon.Failover.Decisions;

/// <summary>
/// What a recovery knows in addition to the facts of every run. It has found a keeper, which gets or keeps the identity, and rules the other node out.
/// In the facts of every run the keeper is the source, and the other node the target.
/// </summary>
internal sealed record RecoveryState
{
    /// <summary>The keeper; null before the first probe that found it.</summary>
    public NodeSide? Keeper { get; init; }

    /// <summary>The verdict on the last probe; null if the run has to probe, at the start or after an unexpected result.</summary>
    public PairVerdict? Verdict { get; init; }

    /// <summary>Whether the link of the other node, which has a pending demotion, is moved before its validator is asked.</summary>
    public bool MovesOtherLinkFirst { get; init; }

    /// <summary>Whether no validator runs on the other node: it cannot vote, and its link decides what it runs after a start.</summary>
    public bool OtherIsDown { get; init; }

    /// <summary>Whether a takeover left a pending demotion on the other node.</summary>
    public bool OtherHasPendingDemotion { get; init; }

    /// <summary>Whether the validator of the other node may be stopped.</summary>
    public bool MayStopOther { get; init; }

    /// <summary>Whether this run has stopped the other node's validator, after moving its link.</summary>
    public bool OtherWasStopped { get; init; }

    /// <summary>Whether an earlier run has left the other node sealed for good.</summary>
    public bool OtherStaysSealed { get; init; }

    /// <summary>Whether a call of an earlier run may still promote the other node. Then it stays sealed.</summary>
    public bool OtherMayTakeIdentity { get; init; }

    /// <summary>Whether the voters of the other node were added again after it was ruled out as a voter.</summary>
    public bool OtherVotersReturned { get; init; }
}
