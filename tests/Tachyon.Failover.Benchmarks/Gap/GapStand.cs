using Tachyon.Failover.Testing.StandIns;

namespace Tachyon.Failover.Benchmarks.Gap;

/// <summary>A cluster at one distance, the ways at hand, and which node has the identity.</summary>
internal sealed class GapStand : IAsyncDisposable
{
    private static readonly TimeSpan Slot = TimeSpan.FromMilliseconds(400);

    /// <summary>A tower that lacks a vote has 31 votes refused in a row; twice as many slots later nothing more is to come.</summary>
    private const ulong LongestTrouble = 64;

    /// <summary>So many slots in a row with a vote of the new node, and it is over.</summary>
    private const int Calm = 4;

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
        var seen = await SettledAsync(start, cancellationToken);
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

    // Only slots behind the move tell that it is over: before it, the other node voted.
    private async Task<ChainReport> SettledAsync(ulong fromSlot, CancellationToken cancellationToken)
    {
        var cluster = _stage.Cluster;
        var moved = await cluster.GetSlotAsync(cancellationToken);
        var last = moved;
        while (true)
        {
            await cluster.WaitForSlotAsync(last += Calm, cancellationToken);
            var report = await cluster.GetChainReportAsync(fromSlot, cancellationToken);
            var newest = report.Slots.Where(slot => slot.HasBlock && slot.Slot > moved && slot.Slot + Calm <= report.LastSlot).TakeLast(Calm).ToArray();
            if (last > moved + LongestTrouble || (newest.Length == Calm && Array.TrueForAll(newest, slot => slot.HasLandedVote)))
            {
                return report;
            }
        }
    }
}
