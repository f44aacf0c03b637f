using Tachyon.Failover.Nodes;
using Tachyon.Failover.Testing.Simulation.Nodes;
using Tachyon.Failover.Testing.Simulation.Wire;

namespace Tachyon.Failover.Testing.Simulation.Seams;

/// <summary>The validator's process on a simulated node. Stopping it uses its own session, beside the conversation. The node's supervisor starts a new process.</summary>
internal sealed class SimulatedValidatorProcess(NodeConversation conversation) : IValidatorProcess
{
    public TimeSpan LongestStop { get; } = TimeSpan.FromSeconds(15);

    public string CommandToStop => "systemctl stop tachyon-validator";

    public async Task<CallResult> StopAsync(CancellationToken cancellationToken = default) =>
        (await conversation.RunBesideAsync(HostCommands.StopValidator(), LongestStop, cancellationToken).ConfigureAwait(false)).Result;

    public async Task<CallResult> VerifyStoppedAsync(CancellationToken cancellationToken = default)
    {
        var seen = (await conversation.RunBesideAsync(HostCommands.VerifyStopped(), LongestStop, cancellationToken).ConfigureAwait(false)).Result;
        return seen is { Outcome: CallOutcome.NotDone, Failure: not CallFailure.Refused } ? CallResult.Unknown(seen.Failure, seen.Detail) : seen;
    }
}
