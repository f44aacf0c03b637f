namespace Tachyon.Failover.Decisions;

/// <summary>What an operator does on a node.</summary>
internal enum TaskCommand
{
    ShowContactInfo,
    AddAuthorizedVoters,
    RemoveAllAuthorizedVoters,
    TakeUnstakedIdentity,
    TakeStakedIdentity,
    MoveTowerAside,
    PointLinkAtStaked,
    PointLinkAtUnstaked,
}
