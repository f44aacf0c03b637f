using Tachyon.Failover.Testing.StandIns;

namespace Tachyon.Failover.Rehearsal;

/// <summary>The guide's way.</summary>
internal sealed class GuidePlayer : IPlayer
{
    public GuidePlayer(Scene scene, RehearsalOptions options)
    {
    }

    public Task<(string Outcome, IReadOnlyList<StepLine> Steps)> PlayAsync(StandInNode from, StandInNode to, CancellationToken cancellationToken) => throw new NotSupportedException();
}
