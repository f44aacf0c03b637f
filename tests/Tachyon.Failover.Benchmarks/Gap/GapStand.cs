using Tachyon.Failover.Testing.StandIns;

namespace Tachyon.Failover.Benchmarks.Gap;

/// <summary>A cluster at one distance, the ways at hand, and which node has the identity.</summary>
internal sealed class GapStand : IAsyncDisposable
{
    private static readonly TimeSpan Slot = TimeSpan.FromMilliseconds(400);

    private readonly Stage _stage;
    private readonly Dictionary<string, IFlow> _flows;
    private StandInNode _from;
    private StandInNode _to;

    private GapStand(Stage stage, IEnumerable<string> flows)
    {
        _stage = stage;
        _flows = flows.ToDictionary(name => name, name => Flows.All[name].Create(stage), StringComparer.Ordinal);
        (_from, _to) = (stage.Cluster.A, stage.Cluster.B);
    }

    public static async Task<GapStand> SetAsync(ulong seed, TimeSpan roundTrip, IEnumerable<string> flows, CancellationToken cancellationToken) =>
        new(await Stage.SetAsync(seed, Slot, roundTrip, cancellationToken), flows);

    /// <summary>Moves the identity from the node that has it to the other.</summary>
    public async Task<GapSample> MoveAsync(string flow, CancellationToken cancellationToken)
    {
        var start = await _stage.Cluster.GetSlotAsync(cancellationToken);
        var end = await _flows[flow].MoveAsync(_from, _to, cancellationToken);
        var seen = await _stage.Cluster.GetSettledReportAsync(start, cancellationToken);
        if (end.Completed)
        {
            (_from, _to) = (_to, _from);
        }

        return new GapSample(
            end.Completed,
            end.Completed && !_from.IsRunning,
            seen.MissedSlots,
            seen.RefusedVotes,
            seen.LostCredits,
            seen.Changes.Count == 0 ? TimeSpan.Zero : seen.Changes.Max(change => change.Gap),
            end.Result);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var flow in _flows.Values)
        {
            await flow.DisposeAsync();
        }

        await _stage.DisposeAsync();
    }
}
