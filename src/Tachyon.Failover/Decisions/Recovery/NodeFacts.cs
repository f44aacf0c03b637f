namespace Tachyon.Failover.Decisions;

/// <summary>What a probe showed of one node. A null fact is unknown.</summary>
internal sealed record NodeFacts
{
    /// <summary>Its name in messages; null to use its side.</summary>
    public string? Name { get; init; }

    /// <summary>Why nothing may be changed on it: it differs from the settings. Null if it does not.</summary>
    public string? Refusal { get; init; }

    public NodeCondition Condition { get; init; }

    public IdentityRole? Identity { get; init; }

    /// <summary>The identity that it runs, if that is neither of its two; null otherwise.</summary>
    public Pubkey? OtherIdentity { get; init; }

    /// <summary>Why its identity is unknown: the result of the call that asked.</summary>
    public string? Trouble { get; init; }

    public IdentityRole? Link { get; init; }

    /// <summary>Whether new towers of the staked identity were saved while the node was watched.</summary>
    public bool? SavesTowers { get; init; }

    /// <summary>Whether a tower of the staked identity is where the validator would load it.</summary>
    public bool? HasTower { get; init; }

    /// <summary>Whether the journal has a <c>set-identity</c> to the staked identity that was sent here and whose result is unknown.</summary>
    public bool MayTakeIdentity { get; init; }

    /// <summary>Whether the journal says that it was sealed because a promotion might come late. It stays sealed until the next prepare-target.</summary>
    public bool WasLeftSealed { get; init; }

    /// <summary>Whether the journal says that a takeover took the identity from it, and no run has seen it demoted since.</summary>
    public bool HasPendingDemotion { get; init; }

    /// <summary>Whether it has a pending demotion, and the newest takeover with a pending demotion on either node promoted another node than this one.</summary>
    public bool WentElsewhere { get; init; }

    /// <summary>Whether there is a way to stop its validator.</summary>
    public bool MayBeStopped { get; init; }

    /// <summary>Whether it is known what the validator runs; "not running" counts as known.</summary>
    public bool IsKnown => IsDown || (Condition == NodeCondition.Running && Identity is not null);

    public bool RunsStaked => Condition == NodeCondition.Running && Identity == IdentityRole.Staked;

    /// <summary>Whether no validator runs: none answers, and no tower grows. Only a running validator extends its tower.</summary>
    public bool IsDown => Condition == NodeCondition.NotRunning && SavesTowers != true;

    /// <summary>
    /// Whether it votes with the staked identity. The staked towers on a node that runs its unstaked identity come from another node.
    /// If no validator answers, a growing tower shows that it votes; a tower that does not grow shows nothing.
    /// </summary>
    public bool? Votes => RunsStaked ? SavesTowers
        : IsKnown ? false
        : SavesTowers == true ? true
        : null;
}
