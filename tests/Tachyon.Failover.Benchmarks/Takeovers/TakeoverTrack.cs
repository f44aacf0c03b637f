using Tachyon.Failover.Cluster;
using Tachyon.Failover.Testing.StandIns;

namespace Tachyon.Failover.Benchmarks.Takeovers;

/// <summary>One scenario, from a pair in order to a pair in order.</summary>
internal static class TakeoverTrack
{
    private static readonly TimeSpan SettlingLimit = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Slot = TimeSpan.FromMilliseconds(400);

    public static async Task<TakeoverRow> RunAsync(TakeoverScenario scenario, TimeSpan roundTrip, TakeoverRules rules, ulong seed, CancellationToken cancellationToken)
    {
        await using var stand = await TakeoverStand.SetAsync(seed, roundTrip, rules, cancellationToken);
        await stand.AwaitHealthAsync(cancellationToken);
        var start = await stand.Cluster.GetSlotAsync(cancellationToken);
        var lost = TimeProvider.System.GetUtcNow();
        await scenario.Lose(stand, cancellationToken);
        if (scenario.IsSilent)
        {
            await stand.AwaitLossAsync(cancellationToken);
        }

        var policy = new TakeoverPolicy { MinimumGrade = scenario.MinimumGrade, Detection = rules.Silence };
        var begun = TimeProvider.System.GetUtcNow();
        var result = await stand.Coordinator.TakeoverAsync(stand.Pair, policy, stand.Watch, cancellationToken: cancellationToken);
        var decided = result.Outcome == FailoverOutcome.Completed ? result.StartedAt + result.Steps.Last(step => step.StepCode == FailoverStep.AssessEvidence).EndedAt : (DateTimeOffset?)null;
        if (decided is not null)
        {
            await stand.Cluster.GetSettledReportAsync(start, cancellationToken);
        }

        var mended = TimeProvider.System.GetUtcNow();
        await scenario.Mend(stand, cancellationToken);
        var (owed, settled, words) = await SettleAsync(stand, result, cancellationToken);
        if (!stand.Lost.IsRunning)
        {
            // Without a debt, its link brings it back as the inactive node.
            await stand.Lost.RestartAsync(cancellationToken);
        }

        var seen = await stand.Cluster.GetSettledReportAsync(start, cancellationToken);
        var first = seen.Slots.SelectMany(slot => slot.Votes).Where(vote => vote is { Error: null, BlockSlot: not null } && vote.Node == stand.Spare.Name).MinBy(vote => vote.ArrivedAt);
        return new TakeoverRow
        {
            Scenario = scenario.Words,
            MinimumGrade = scenario.MinimumGrade,
            Grade = result.Evidence?.Grade ?? EvidenceGrade.None,
            Outcome = result.Outcome,
            WatchedSeconds = (begun - lost).TotalSeconds,
            WeighedSeconds = (decided - begun)?.TotalSeconds,
            SlotsFromDecision = (first?.ArrivedAt - decided) / Slot,
            SecondsWithoutVote = (first?.ArrivedAt - lost)?.TotalSeconds,
            MissedSlots = seen.MissedSlots,
            RefusedVotes = seen.RefusedVotes,
            DoubleVotes = seen.DoubleVotes,
            Owed = result.PendingDemotions.Count,
            OwedInTheEnd = owed,
            SettledSeconds = result.PendingDemotions.Count == 0 ? null : (settled - mended).TotalSeconds,
            Runs = await WhoRunsAsync(stand, cancellationToken),
            Result = $"{result}\n{result.Evidence}\n{string.Join('\n', result.PendingDemotions.Select(line => $"owed: {line}"))}\n{words}\n{string.Join('\n', result.Steps)}",
        };
    }

    /// <summary>Settles until nothing is owed.</summary>
    private static async Task<(int Owed, DateTimeOffset At, string Words)> SettleAsync(TakeoverStand stand, FailoverResult result, CancellationToken cancellationToken)
    {
        var limit = TimeProvider.System.GetUtcNow() + SettlingLimit;
        var (owed, words) = (result.PendingDemotions.Count, "");
        while (owed > 0 && TimeProvider.System.GetUtcNow() < limit)
        {
            var settling = await stand.Coordinator.CompleteDemotionAsync(stand.Pair, cancellationToken: cancellationToken);
            (owed, words) = (settling.PendingDemotions.Count, settling.ToString());
        }

        return (owed, TimeProvider.System.GetUtcNow(), words);
    }

    private static async Task<string> WhoRunsAsync(TakeoverStand stand, CancellationToken cancellationToken)
    {
        using var http = new HttpClient();
        var running = new List<string>();
        foreach (var node in stand.Cluster.Nodes.Where(node => node.IsRunning))
        {
            using var rpc = new HttpClusterRpc(http, node.RpcUri);
            if ((await rpc.GetIdentityAsync(cancellationToken)).Equals(stand.Cluster.StakedIdentity))
            {
                running.Add(node.Name);
            }
        }

        return running.Count == 0 ? "no node" : string.Join(" and ", running);
    }
}
