using Tachyon.Failover.Identities;

namespace Tachyon.Failover.Protocol;

/// <summary>What a look showed of one node. A fact that is null is not known.</summary>
internal sealed record NodeFacts
{
    /// <summary>Why nothing may be changed on it: it is not as the settings say. Null if it is.</summary>
    public string? Refusal { get; init; }

    public NodeCondition Condition { get; init; }

    public IdentityRole? Identity { get; init; }

    public IdentityRole? Link { get; init; }

    /// <summary>Whether new towers of the staked identity were saved while the node was watched.</summary>
    public bool? SavesTowers { get; init; }

    /// <summary>Whether a tower of the staked identity lies where the validator would take it.</summary>
    public bool? HasTower { get; init; }

    /// <summary>Whether the journal speaks of a <c>set-identity</c> to the staked one that was sent here and of which nothing came.</summary>
    public bool MayTakeIdentity { get; init; }

    /// <summary>Whether the journal says that it was sealed because a promotion might come late, and is to stay so until the next arming.</summary>
    public bool WasLeftSealed { get; init; }

    /// <summary>Whether the journal says that a takeover took the identity from it, and nobody has seen it made harmless since.</summary>
    public bool IsOwed { get; init; }

    /// <summary>Whether it is owed, and the newest takeover of which something is owed on either node gave the identity to another node than this one.</summary>
    public bool WentElsewhere { get; init; }

    /// <summary>Whether there is a way to stop its validator.</summary>
    public bool MayBeStopped { get; init; }

    /// <summary>Whether it is known what the validator runs: nothing is an answer too.</summary>
    public bool IsKnown => Condition == NodeCondition.NotRunning || (Condition == NodeCondition.Answers && Identity is not null);

    public bool RunsStaked => Condition == NodeCondition.Answers && Identity == IdentityRole.Staked;

    public bool IsDown => Condition == NodeCondition.NotRunning;

    /// <summary>Whether it votes with the staked identity. What its towers show counts only where it is known what runs.</summary>
    public bool? Votes => !IsKnown ? null : RunsStaked ? SavesTowers : false;
}
