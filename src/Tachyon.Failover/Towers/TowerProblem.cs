namespace Tachyon.Failover.Towers;

/// <summary>Why a tower may not be used.</summary>
public enum TowerProblem
{
    /// <summary>The file is not a tower, or was damaged.</summary>
    Malformed,

    /// <summary>It is the tower of another identity.</summary>
    OtherIdentity,

    /// <summary>The data was not signed by the identity, or was changed since.</summary>
    InvalidSignature,

    /// <summary>It holds no vote, and so protects from nothing.</summary>
    NoVotes,

    /// <summary>The chain has a newer vote than it.</summary>
    OlderThanChain,

    /// <summary>The chain has a vote that it should hold and does not: what is voted by it, the vote program refuses.</summary>
    ContradictsChain,

    /// <summary>The node that is to use it has a newer one.</summary>
    OlderThanHeld,

    /// <summary>The node that is to use it has one with votes that it forgets, or voted for another block.</summary>
    DivergesFromHeld,
}
