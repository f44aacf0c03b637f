using Tachyon.Failover.Testing.StandIns;

namespace Tachyon.Failover.Benchmarks.Gap;

/// <summary>A way to move the staked identity.</summary>
internal interface IFlow : IAsyncDisposable
{
    /// <summary>Moves it.</summary>
    /// <returns>Whether that was done, and the coordinator's own part of the gap if the way tells.</returns>
    Task<(bool Completed, TimeSpan? OwnWork)> MoveAsync(StandInNode from, StandInNode to, CancellationToken cancellationToken);
}
