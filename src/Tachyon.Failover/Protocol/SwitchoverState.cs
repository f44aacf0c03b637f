using System.Collections.Immutable;
using Tachyon.Failover.Identities;

namespace Tachyon.Failover.Protocol;

/// <summary>All that is known while a switchover is under way. A fact that is null is not known.</summary>
internal sealed record SwitchoverState
{
    public static readonly SwitchoverState Start = new();

    public bool PreflightPassed { get; init; }

    public bool WindowOpen { get; init; }

    public bool Armed { get; init; }

    public bool? LocksHeld { get; init; } = false;

    public IdentityRole? SourceLink { get; init; } = IdentityRole.Staked;

    public IdentityRole? SourceIdentity { get; init; } = IdentityRole.Staked;

    /// <summary>Whether the source has its authorized voters.</summary>
    public bool? SourceVoters { get; init; } = true;

    /// <summary>Whether the source is sealed and its final tower is in hand, verified.</summary>
    public bool FinalTowerInHand { get; init; }

    /// <summary>What came of the promotion; null as long as none was sent.</summary>
    public CallOutcome? Promotion { get; init; }

    public IdentityRole? TargetIdentity { get; init; } = IdentityRole.Unstaked;

    /// <summary>Whether the target has its authorized voters. Before the arming it does not matter.</summary>
    public bool? TargetVoters { get; init; } = true;

    /// <summary>Whether the target was made to take its unstaked identity after a promotion of which no answer came.</summary>
    public bool TargetDemoted { get; init; }

    public IdentityRole? TargetLink { get; init; } = IdentityRole.Unstaked;

    /// <summary>Whether a fence was sent of which no answer came: it may yet be carried out, unless the identity was given back after it.</summary>
    public bool FenceMayComeLate { get; init; }

    /// <summary>Whether the target, after its promotion was done, was seen with another identity: somebody or something has taken it away.</summary>
    public bool PromotionWasLost { get; init; }

    /// <summary>Whether another coordinator has had a lock of this one: nothing is any more as it was left, and nothing may be touched.</summary>
    public bool LockWasLost { get; init; }

    public bool Verified { get; init; }

    public bool Tidied { get; init; }

    public bool TargetCleared { get; init; }

    /// <summary>The first thing that went wrong; null while all goes well. It turns the way around, unless the target is promoted.</summary>
    public StepObservation? Setback { get; init; }

    /// <summary>The steps that were tried.</summary>
    public ImmutableHashSet<SwitchoverStep> Tried { get; init; } = [];

    /// <summary>How often each step was refused by a node that could be reached.</summary>
    public ImmutableDictionary<SwitchoverStep, int> Refusals { get; init; } = ImmutableDictionary<SwitchoverStep, int>.Empty;

    /// <summary>Whether the time for resolving what went wrong is used up.</summary>
    public bool OutOfTime { get; init; }

    public bool IsCommitted => TargetIdentity == IdentityRole.Staked;

    /// <summary>Whether the target can be ruled out as a voter, so that the source may be given its vote back.</summary>
    public bool IsTargetHarmless => Promotion switch
    {
        null => true,
        CallOutcome.NotDone => TargetIdentity == IdentityRole.Unstaked,
        _ => TargetIdentity == IdentityRole.Unstaked && TargetVoters == false && TargetDemoted,
    };

    /// <summary>Where the identity is, by these facts.</summary>
    public IdentityLocation Location =>
        LockWasLost ? IdentityLocation.Unknown
        : PromotionWasLost ? IdentityLocation.Nobody
        : IsCommitted ? IdentityLocation.Target
        : SourceIdentity == IdentityRole.Staked && SourceVoters == true && IsTargetHarmless ? IdentityLocation.Source
        : SourceIdentity is null || SourceVoters is null || TargetIdentity is null || !IsTargetHarmless ? IdentityLocation.Unknown
        : IdentityLocation.Nobody;
}
