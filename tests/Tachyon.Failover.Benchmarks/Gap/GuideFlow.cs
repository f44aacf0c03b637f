using Tachyon.Failover.Testing.Guide;
using Tachyon.Failover.Testing.StandIns;

namespace Tachyon.Failover.Benchmarks.Gap;

/// <summary>The guide's script: <c>ssh</c> for each command, and the tower copied by it.</summary>
internal sealed class GuideFlow(Stage stage) : IFlow
{
    public async Task<FlowEnd> MoveAsync(StandInNode from, StandInNode to, CancellationToken cancellationToken)
    {
        var run = await GuideScript.RunAsync(from, to, stage.SshWordsTo(from), stage.SshWordsTo(to), TimeSpan.Zero, cancellationToken);
        return new FlowEnd(run.Steps.All(step => step.ExitCode == 0));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
