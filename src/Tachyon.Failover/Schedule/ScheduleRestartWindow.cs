using Tachyon.Failover.Cluster;
using Tachyon.Failover.Identities;

namespace Tachyon.Failover.Schedule;

/// <summary>
/// Finds the restart window in the leader schedule of this epoch and the next, as a node of the cluster tells it.
/// </summary>
/// <remarks>
/// The slot time is measured, for 8 s at first and then as long as the wait goes on; the least that it can be counts. A window ends where the schedule is not known any
/// further. The notes say when the identity leads next and when the next windows open. If none of those known is long enough, or none opens within the
/// request's limit, that is said at once, with the longest there is; while the next epoch is not known yet, it is waited for. A look that fails is
/// repeated; the third in a row ends the wait. Needs <c>getEpochInfo</c>, <c>getLeaderSchedule</c> and <c>getVoteAccounts</c>, which every validator's RPC has.
/// </remarks>
/// <param name="cluster">Who is asked: the cluster's RPC, or that of either node. One that lags behind takes a window for longer than it is, by as much.</param>
/// <param name="identity">The identity that must not lead.</param>
/// <param name="timeProvider">The clock; null for the system's.</param>
public sealed class ScheduleRestartWindow(IClusterRpc cluster, Pubkey identity, TimeProvider? timeProvider = null) : IRestartWindow
{
    private readonly IClusterRpc _cluster = cluster ?? throw new ArgumentNullException(nameof(cluster));
    private readonly Pubkey _identity = identity ?? throw new ArgumentNullException(nameof(identity));
    private readonly TimeProvider _time = timeProvider ?? TimeProvider.System;

    /// <summary>
    /// Whether a window may open within the request's limit, by one look. How long a slot takes is not measured: only what no pace between half and twice the usual one would change is said.
    /// </summary>
    /// <param name="request">What would be asked for.</param>
    /// <param name="slot">How long a slot usually takes.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Done if one may; <see cref="CallFailure.NoRestartWindow"/> if none will; or why it could not be looked at.</returns>
    internal async Task<CallResult> LookAsync(RestartWindowRequest request, TimeSpan slot, CancellationToken cancellationToken)
    {
        try
        {
            var epoch = await _cluster.GetEpochInfoAsync(Commitment.Processed, cancellationToken).ConfigureAwait(false);
            var known = new KnownSchedule(epoch, await LeaderSlots.AskAsync(_cluster, _identity, epoch, cancellationToken).ConfigureAwait(false));
            return RestartWindowForecast.WhyNever(known, epoch.AbsoluteSlot + 1, slot, request, _time.GetUtcNow()) is { } reason ? CallResult.NotDone(CallFailure.NoRestartWindow, reason) : CallResult.Done();
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Whatever the RPC of an embedder throws.
            return CallResult.NotDone(CallFailure.Unreachable, $"the leader schedule could not be read: {exception.Message}");
        }
    }

    /// <inheritdoc/>
    public async Task<CallResult<OpenRestartWindow>> WaitAsync(RestartWindowRequest request, IProgress<string>? notes, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        try
        {
            return await new RestartWindowWatch(_cluster, _identity, request, notes, _time).RunAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return CallResult.NotDone(CallFailure.Cancelled, "the wait for a restart window was given up");
        }
    }
}
