using Tachyon.Failover.Testing.StandIns;

namespace Tachyon.Failover.Benchmarks.Gap;

/// <summary>A way to move the staked identity.</summary>
internal interface IFlow : IAsyncDisposable
{
    /// <summary>Moves it.</summary>
    /// <returns>The result.</returns>
    Task<FlowEnd> MoveAsync(StandInNode from, StandInNode to, CancellationToken cancellationToken);
}
