namespace Tachyon.Failover.Towers;

/// <summary>Why a tower may not be used.</summary>
internal enum TowerProblem
{
    /// <summary>The file is not a tower, or was damaged.</summary>
    Malformed,

    /// <summary>It is the tower of another identity.</summary>
    OtherIdentity,

    /// <summary>The data was not signed by the identity, or was changed since.</summary>
    InvalidSignature,

    /// <summary>It holds no vote, so it prevents nothing.</summary>
    NoVotes,

    /// <summary>The chain has a newer vote.</summary>
    OlderThanChain,

    /// <summary>The chain has a vote that the tower should hold but lacks: the vote program refuses further votes from this tower.</summary>
    ContradictsChain,

    /// <summary>The node that would use it has a newer one.</summary>
    OlderThanHeld,

    /// <summary>The node that would use it has a tower with votes that this one lacks, or for another block.</summary>
    DivergesFromHeld,
}
