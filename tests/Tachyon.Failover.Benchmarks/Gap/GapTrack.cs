using System.Globalization;
using Tachyon.Failover.Testing.StandIns;

namespace Tachyon.Failover.Benchmarks.Gap;

/// <summary>All ways at one distance, taking turns on one cluster.</summary>
internal sealed class GapTrack
{
    private const int VoteTooOld = 0;
    private static readonly TimeSpan Slot = TimeSpan.FromMilliseconds(400);

    /// <summary>A tower that lacks a vote has 31 votes refused in a row; twice as many slots later nothing more is to come.</summary>
    private const ulong LongestTrouble = 64;

    /// <summary>So many slots in a row with a vote of the new node, and it is over.</summary>
    private const int Calm = 4;

    public required TimeSpan RoundTrip { get; init; }

    public required IReadOnlyList<string> Flows { get; init; }

    public required int Count { get; init; }

    public required ulong Seed { get; init; }

    public async Task<IReadOnlyList<GapRow>> RunAsync(TextWriter progress, CancellationToken cancellationToken)
    {
        await using var stage = await Stage.SetAsync(Seed, Slot, RoundTrip, cancellationToken);
        var flows = Flows.ToDictionary(name => name, name => Gap.Flows.All[name].Create(stage), StringComparer.Ordinal);
        var samples = Flows.ToDictionary(name => name, _ => new List<GapSample>(), StringComparer.Ordinal);
        var (from, to) = (stage.Cluster.A, stage.Cluster.B);
        for (var round = 1; round <= Count; round++)
        {
            foreach (var (name, flow) in flows)
            {
                var sample = await MoveAsync(stage.Cluster, flow, from, to, cancellationToken);
                samples[name].Add(sample);
                await progress.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{RoundTrip.TotalMilliseconds} ms, {round}/{Count} {name}: {sample}"));
                if (sample.Completed)
                {
                    (from, to) = (to, from);
                }
            }
        }

        foreach (var flow in flows.Values)
        {
            await flow.DisposeAsync();
        }

        return [.. Flows.Select(name => GapRow.Of(RoundTrip, name, samples[name]))];
    }

    private static async Task<GapSample> MoveAsync(StandInCluster cluster, IFlow flow, StandInNode from, StandInNode to, CancellationToken cancellationToken)
    {
        var start = await cluster.GetSlotAsync(cancellationToken);
        var (completed, ownWork) = await flow.MoveAsync(from, to, cancellationToken);
        var seen = await SettledAsync(cluster, start, cancellationToken);
        return new GapSample(
            completed,
            seen.MissedSlots,
            seen.Slots.Sum(slot => slot.Votes.Count(vote => vote.Error is { } error && error != VoteTooOld)),
            seen.LostCredits,
            seen.Changes.Count == 0 ? TimeSpan.Zero : seen.Changes.Max(change => change.Gap),
            ownWork);
    }

    private static async Task<ChainReport> SettledAsync(StandInCluster cluster, ulong fromSlot, CancellationToken cancellationToken)
    {
        var last = await cluster.GetSlotAsync(cancellationToken);
        var limit = last + LongestTrouble;
        while (true)
        {
            await cluster.WaitForSlotAsync(last += Calm, cancellationToken);
            var report = await cluster.GetChainReportAsync(fromSlot, cancellationToken);
            var newest = report.Slots.Where(slot => slot.HasBlock && slot.Slot + Calm <= report.LastSlot).TakeLast(Calm).ToArray();
            if (last > limit || (newest.Length == Calm && Array.TrueForAll(newest, slot => slot.HasLandedVote)))
            {
                return report;
            }
        }
    }
}
