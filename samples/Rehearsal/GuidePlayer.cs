using Tachyon.Failover.Testing.Guide;
using Tachyon.Failover.Testing.StandIns;

namespace Tachyon.Failover.Rehearsal;

/// <summary>A switchover as in the guide: plain commands, locally or by <c>ssh</c>.</summary>
internal sealed class GuidePlayer(Scene scene, Screen screen, TimeSpan pause) : IPlayer
{
    public async Task<(string Outcome, IReadOnlyList<StepLine> Steps)> PlayAsync(StandInNode from, StandInNode to, CancellationToken cancellationToken)
    {
        var run = await GuideScript.RunAsync(from, to, WordsTo(from), WordsTo(to), pause, cancellationToken);
        foreach (var step in run.Steps)
        {
            screen.Say($"  {step.Name}: exit code {step.ExitCode} ({step.Duration.TotalMilliseconds:0} ms){(step.Errors.Length == 0 ? "" : " " + step.Errors.Trim())}");
        }

        var outcome = run.Steps.All(step => step.ExitCode == 0) ? FailoverOutcome.Completed : FailoverOutcome.Indeterminate;
        return (
            outcome.ToString(),
            [.. run.Steps.Select(step => new StepLine(step.Name, (step.ExitCode == 0 ? CallOutcome.Done : CallOutcome.NotDone).ToString(), Math.Round(step.Duration.TotalMilliseconds, 3)))]);
    }

    /// <summary>The command that logs in at a node; null for a local node.</summary>
    private string[]? WordsTo(StandInNode node) => scene.HostOf(node) is { } host ? Ssh(host) : null;

    private static string[] Ssh(SshHost host) =>
    [
        "ssh", "-p", $"{host.Port}", "-i", host.Server.ClientKeyFile, "-o", "IdentitiesOnly=yes", "-o", "BatchMode=yes",
        "-o", $"UserKnownHostsFile={host.KnownHostsFile}", "-o", "StrictHostKeyChecking=yes", $"{host.Server.User}@127.0.0.1",
    ];
}
