using Microsoft.Extensions.Logging;
using Tachyon.Failover.Hosts;
using Tachyon.Failover.Identities;
using Tachyon.Failover.Takeover;
using Tachyon.Failover.Telemetry;

namespace Tachyon.Failover.Monitoring;

/// <summary>
/// Demotes a guard's own node: link, voters, identity, and if that is not read back in time, the process. A step that is done is not repeated; the others are tried again
/// in the next pass. Each pass ends within the limits of <see cref="GuardTimings"/>, even if a call hangs.
/// </summary>
internal sealed class SelfDemotion(ValidatorNode node, Pubkey stakedIdentity, GuardTimings timings, ILogger logger, TimeProvider time)
{
    private bool _linkIsMoved;

    /// <summary>Executes one pass.</summary>
    /// <returns>How the node was seen to be demoted; null if it was not.</returns>
    public async Task<string?> TryAsync()
    {
        // The link first, so that a restart of the process does not restore the identity.
        _linkIsMoved = _linkIsMoved || (await CallAsync("link", token => node.Link.PointAtAsync(IdentityRole.Unstaked, token), timings.CommandTimeout).ConfigureAwait(false)).IsDone;
        await CallAsync("voters", node.Host.RemoveAllAuthorizedVotersAsync, timings.CommandTimeout).ConfigureAwait(false);

        var begun = time.GetTimestamp();
        await CallAsync("identity", token => node.Host.SetIdentityAsync(IdentityRole.Unstaked, requiredTower: null, within: null, token), timings.SetIdentityTimeout).ConfigureAwait(false);
        var seen = await BoundedCall.ReadAsync(node.Host.GetContactInfoAsync, timings.SetIdentityTimeout - time.GetElapsedTime(begun), time).ConfigureAwait(false);
        if (seen.Value is { } contact && !contact.Identity.Equals(stakedIdentity))
        {
            return _linkIsMoved ? $"its validator runs {contact.Identity}" : null;
        }

        var stopped = node.Process is { } process
            ? await CallAsync("stop", process.StopAsync, timings.StopTimeout).ConfigureAwait(false)
            : CallResult.NotDone(CallFailure.Skipped);
        return stopped.IsDone && _linkIsMoved ? "its validator was stopped" : null;
    }

    /// <summary>The remaining commands, for the operator.</summary>
    public string Left => _linkIsMoved
        ? $"run {node.Host.CommandFor(ValidatorCommand.TakeUnstakedIdentity)}"
        : $"run {node.Link.CommandToPointAt(IdentityRole.Unstaked)} and {node.Host.CommandFor(ValidatorCommand.TakeUnstakedIdentity)}";

    private async Task<CallResult> CallAsync(string what, Func<CancellationToken, Task<CallResult>> call, TimeSpan limit)
    {
        var result = await BoundedCall.RunAsync(call, limit, time).ConfigureAwait(false);
        FailoverLog.GuardCalled(logger, node.Name, what, result.ToString());
        return result;
    }
}
