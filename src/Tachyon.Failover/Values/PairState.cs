namespace Tachyon.Failover;

/// <summary>Which of the two nodes votes with the staked identity, according to a probe of both.</summary>
public enum PairState
{
    /// <summary>A fact that matters is unknown. No node is promoted on a guess.</summary>
    Unknown,

    /// <summary>The source runs the staked identity and votes; the target does not run it.</summary>
    ActiveOnSource,

    /// <summary>The target runs the staked identity and votes; the source does not run it.</summary>
    ActiveOnTarget,

    /// <summary>Neither node votes.</summary>
    NeitherVotes,

    /// <summary>Both nodes run the staked identity.</summary>
    TwoActive,
}
