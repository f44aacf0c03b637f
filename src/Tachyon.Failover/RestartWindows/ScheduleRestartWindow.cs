using Tachyon.Failover.Cluster;

namespace Tachyon.Failover.RestartWindows;

/// <summary>
/// Finds the restart window in the leader schedule of this epoch and the next, from an RPC node of the cluster.
/// </summary>
/// <remarks>
/// The slot time is measured during the wait, and its lower bound counts: after half a second it is a third of the truth or more, after 8 s nine tenths.
/// So a long window opens at once, and only after 8 s one is called too short. A window ends where the schedule is
/// unknown. The notes say when the identity leads next and when the next windows open. If no known window is long enough, or none opens within the
/// request's limit, the wait ends at once and names the longest; while the next epoch is unknown, it waits for it. A failed reading is
/// repeated; the third in a row ends the wait. Needs <c>getEpochInfo</c>, <c>getLeaderSchedule</c> and <c>getVoteAccounts</c>, which every validator's RPC has.
/// </remarks>
/// <param name="cluster">The RPC to ask: the cluster's or that of either node. An RPC that is behind makes a window seem longer by as much.</param>
/// <param name="identity">The identity that must not lead.</param>
/// <param name="timeProvider">The clock; null for the system's.</param>
public sealed class ScheduleRestartWindow(IClusterRpc cluster, Pubkey identity, TimeProvider? timeProvider = null) : IRestartWindow
{
    private readonly IClusterRpc _cluster = cluster ?? throw new ArgumentNullException(nameof(cluster));
    private readonly Pubkey _identity = identity ?? throw new ArgumentNullException(nameof(identity));
    private readonly TimeProvider _time = timeProvider ?? TimeProvider.System;

    // A wait right after a probe needs neither the schedule again nor a pause to measure the slot time.
    private volatile ScheduleReading? _last;

    /// <summary>
    /// Whether a window may open within the request's limit, by one reading. It does not measure the slot time: it only rules out what no pace between half and twice the usual one allows.
    /// </summary>
    /// <param name="request">The required window.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>Done if one may; <see cref="CallFailure.NoRestartWindow"/> if none will; or why the schedule could not be read.</returns>
    internal async Task<CallResult> ProbeAsync(RestartWindowRequest request, CancellationToken cancellationToken)
    {
        try
        {
            var known = (_last = await ScheduleReading.AskAsync(_cluster, _identity, _time, cancellationToken).ConfigureAwait(false)).Known;
            return RestartWindowForecast.WhyNever(known, known.Epoch.AbsoluteSlot + 1, request, _time.GetUtcNow()) is { } reason ? CallResult.NotDone(CallFailure.NoRestartWindow, reason) : CallResult.Done();
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Any exception of an embedder's RPC.
            return CallResult.NotDone(CallFailure.Unreachable, $"the leader schedule could not be read: {exception.Message}");
        }
    }

    /// <summary>The first leader slot within so many slots from now; null if there is none, or if the schedule could not be read.</summary>
    internal async Task<ulong?> LeadsWithinAsync(int slots, CancellationToken cancellationToken)
    {
        try
        {
            var known = (await ScheduleReading.AskAsync(_cluster, _identity, _time, cancellationToken).ConfigureAwait(false)).Known;
            return known.Leader.NextFrom(known.Epoch.AbsoluteSlot) is { } next && next < known.Epoch.AbsoluteSlot + (ulong)slots ? next : null;
        }
        catch (Exception)
        {
            // Any exception of an embedder's RPC, or of its cancellation. It only costs a warning.
            return null;
        }
    }

    /// <inheritdoc/>
    public async Task<CallResult<OpenRestartWindow>> WaitAsync(RestartWindowRequest request, IProgress<string>? notes, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        try
        {
            return await new RestartWindowWatch(_cluster, _identity, request.Copy(), notes, _time, _last).RunAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return CallResult.NotDone(CallFailure.Canceled, "the wait for a restart window was canceled");
        }
    }
}
