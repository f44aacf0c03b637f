namespace Tachyon.Failover.Benchmarks.Gap;

/// <summary>One way at one distance.</summary>
internal sealed record GapRow
{
    public required int RoundTripMilliseconds { get; init; }

    public required string Flow { get; init; }

    public required int Runs { get; init; }

    public required int NotCompleted { get; init; }

    /// <summary>In how many runs the validator that had taken the identity ended; the other figures are those of the rest.</summary>
    public required int Gone { get; init; }

    public required double MeanMissed { get; init; }

    public required int MedianMissed { get; init; }

    public required int MostMissed { get; init; }

    /// <summary>In how many runs a vote was refused.</summary>
    public required int RunsWithRefusedVotes { get; init; }

    public required int MostRefused { get; init; }

    public required double MeanLostCredits { get; init; }

    public required double MedianGapMilliseconds { get; init; }

    /// <summary>The 99th percentile; null for a way that does not say.</summary>
    public required double? OwnWorkP99Milliseconds { get; init; }

    /// <summary>Consecutive trips between the source's last saved vote and the arrival of the promotion at the target.</summary>
    public required int OneWayTrips { get; init; }

    public static GapRow Of(TimeSpan roundTrip, string flow, IReadOnlyList<GapSample> samples)
    {
        var done = samples.Where(sample => sample.Completed).ToList();
        var gone = done.RemoveAll(sample => sample.IsGone);
        var missed = done.Select(sample => sample.MissedSlots).Order().ToList();
        var gaps = done.Select(sample => sample.Gap.TotalMilliseconds).Order().ToList();
        var own = done.Select(sample => sample.CoordinatorTime?.TotalMilliseconds).OfType<double>().Order().ToList();
        return new GapRow
        {
            RoundTripMilliseconds = (int)roundTrip.TotalMilliseconds,
            Flow = flow,
            Runs = done.Count + gone,
            NotCompleted = samples.Count - done.Count - gone,
            Gone = gone,
            MeanMissed = done.Count == 0 ? 0 : Math.Round(missed.Average(), 2),
            MedianMissed = missed.ElementAtOrDefault(missed.Count / 2),
            MostMissed = missed.LastOrDefault(),
            RunsWithRefusedVotes = done.Count(sample => sample.RefusedVotes > 0),
            MostRefused = done.Count == 0 ? 0 : done.Max(sample => sample.RefusedVotes),
            MeanLostCredits = done.Count == 0 ? 0 : Math.Round(done.Average(sample => sample.LostCredits), 1),
            MedianGapMilliseconds = Math.Round(gaps.ElementAtOrDefault(gaps.Count / 2)),
            OwnWorkP99Milliseconds = own.Count == 0 ? null : Math.Round(own[Math.Min((int)(own.Count * 0.99), own.Count - 1)], 2),
            OneWayTrips = Flows.All[flow].OneWayTrips,
        };
    }
}
