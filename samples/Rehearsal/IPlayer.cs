using Tachyon.Failover.Testing.StandIns;

namespace Tachyon.Failover.Rehearsal;

/// <summary>One way to run a switchover.</summary>
internal interface IPlayer
{
    Task<(string Outcome, IReadOnlyList<StepLine> Steps)> PlayAsync(StandInNode from, StandInNode to, CancellationToken cancellationToken);
}
