using Tachyon.Failover.Testing.StandIns;

namespace Tachyon.Failover.Rehearsal;

/// <summary>A switchover by the library.</summary>
internal sealed class CoordinatorPlayer(Scene scene, Screen screen, FileInfo? picture) : IPlayer
{
    // A rehearsal does not wait two minutes without leader slots. It asks for a window of length zero.
    private readonly FailoverCoordinator _coordinator = new(new FailoverOptions { MinimumIdle = TimeSpan.Zero });

    public async Task<(string Outcome, IReadOnlyList<StepLine> Steps)> PlayAsync(StandInNode from, StandInNode to, CancellationToken cancellationToken)
    {
        var pair = from == scene.Cluster.A ? scene.Nodes.FromAToB : scene.Nodes.FromBToA;
        var result = await _coordinator.SwitchoverAsync(pair, screen, cancellationToken);
        if (picture is not null)
        {
            await File.WriteAllTextAsync(picture.FullName, result.ToSvg(), cancellationToken);
        }

        screen.Say($"  {result.ToString().ReplaceLineEndings($"{Environment.NewLine}  ")}");
        return (
            result.Outcome.ToString(),
            [.. result.Steps.Select(step => new StepLine(step.Step, step.Result.Outcome.ToString(), Math.Round(step.Elapsed.TotalMilliseconds, 3)))]);
    }
}
