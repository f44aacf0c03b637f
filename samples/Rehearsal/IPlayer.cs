using Tachyon.Failover.Testing.StandIns;

namespace Tachyon.Failover.Rehearsal;

/// <summary>A way to do a switchover.</summary>
internal interface IPlayer
{
    Task<(string Outcome, IReadOnlyList<StepLine> Steps)> PlayAsync(StandInNode from, StandInNode to, CancellationToken cancellationToken);
}
