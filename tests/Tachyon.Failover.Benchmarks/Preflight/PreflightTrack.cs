namespace Tachyon.Failover.Benchmarks.Preflight;

/// <summary>All preflights at one distance.</summary>
internal static class PreflightTrack
{
    private static readonly ShellKind[] Kinds = [ShellKind.Net, ShellKind.OpenSsh];

    /// <exception cref="InvalidOperationException">A preflight found something wrong with the stand-ins.</exception>
    public static async Task<IReadOnlyList<PreflightRow>> RunAsync(TimeSpan roundTrip, int count, ulong seed, CancellationToken cancellationToken)
    {
        await using var stage = await Stage.SetAsync(seed, TimeSpan.FromMilliseconds(400), roundTrip, cancellationToken);
        var seen = Kinds.ToDictionary(kind => kind, _ => new List<(TimeSpan Connecting, TimeSpan Connected)>());

        // The first round warms the program up, and is not counted.
        for (var round = 0; round <= count; round++)
        {
            foreach (var kind in Kinds)
            {
                var took = await ProbeTwiceAsync(stage, kind, cancellationToken);
                if (round > 0)
                {
                    seen[kind].Add(took);
                }
            }
        }

        return [.. Kinds.Select(kind => new PreflightRow
        {
            RoundTripMilliseconds = roundTrip.TotalMilliseconds,
            Shell = kind,
            Runs = count,
            MedianConnecting = Median(seen[kind].Select(took => took.Connecting)),
            MostConnecting = seen[kind].Max(took => took.Connecting).TotalMilliseconds,
            MedianConnected = Median(seen[kind].Select(took => took.Connected)),
            MostConnected = seen[kind].Max(took => took.Connected).TotalMilliseconds,
        })];
    }

    private static async Task<(TimeSpan Connecting, TimeSpan Connected)> ProbeTwiceAsync(Stage stage, ShellKind kind, CancellationToken cancellationToken)
    {
        await using var toA = stage.Reach(stage.Cluster.A, kind);
        await using var toB = stage.Reach(stage.Cluster.B, kind);
        await using var pair = new ShellValidatorPair(
            stage.Cluster.StakedIdentity, stage.Cluster.A.Settings, toA, stage.Cluster.B.Settings, toB);
        return (await ProbeAsync(pair, cancellationToken), await ProbeAsync(pair, cancellationToken));
    }

    private static async Task<TimeSpan> ProbeAsync(ShellValidatorPair pair, CancellationToken cancellationToken)
    {
        var began = TimeProvider.System.GetTimestamp();
        var report = await new FailoverCoordinator().PreflightAsync(pair.FromAToB, cancellationToken);
        var took = TimeProvider.System.GetElapsedTime(began);
        return report.IsClear ? took : throw new InvalidOperationException($"The stand-ins are not as they should be:\n{report}");
    }

    private static double Median(IEnumerable<TimeSpan> spans) => spans.Order().ElementAt(spans.Count() / 2).TotalMilliseconds;
}
