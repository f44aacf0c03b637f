using Tachyon.Failover.Preflight;
using Tachyon.Failover.Runtime;

namespace Tachyon.Failover.Runs;

/// <summary>Of two validators with one identity, the cluster stops the older one. Each reports its start by the clock of its own host.</summary>
internal static class ClockWait
{
    /// <summary>
    /// Waits until the node's clock shows more than the other's did when that node was promoted. Before that the cluster would stop the new one as the older of the two.
    /// The difference of the clocks comes from the survey. If it is unknown, the largest difference that TF122 allows is used.
    /// </summary>
    /// <param name="run">The run.</param>
    /// <param name="step">The step that waits.</param>
    /// <param name="taker">The node that will be promoted.</param>
    /// <param name="taken">When each node was last promoted, by the coordinator's clock.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    public static async Task AwaitAsync(RunContext run, FailoverStep step, ValidatorNode taker, IReadOnlyDictionary<string, DateTimeOffset> taken, CancellationToken cancellationToken)
    {
        var now = run.Time.GetUtcNow();
        var wait = taken.Where(one => one.Key != taker.Name).Select(one => WaitFor(one.Key, one.Value)).DefaultIfEmpty().Max();
        if (wait > TimeSpan.Zero)
        {
            run.Progress(step, $"waits {wait.TotalSeconds:0} s, until the clock of {taker.Name} shows a later time than that of the other node did at its promotion");
            await run.Time.DelayAsync(wait, cancellationToken).ConfigureAwait(false);
        }

        TimeSpan WaitFor(string other, DateTimeOffset at)
        {
            var ahead = AheadAtMost(run.Survey, other, taker.Name);
            var left = ahead - (now - at);
            return left < ahead ? left : ahead;
        }
    }

    /// <summary>The largest time by which one clock may be ahead of the other.</summary>
    private static TimeSpan AheadAtMost(PairSurvey? survey, string one, string other)
    {
        var (first, second) = (Of(one), Of(other));
        return first is { ClockOffset: { } a, RoundTrip: { } tripA } && second is { ClockOffset: { } b, RoundTrip: { } tripB } ? a - b + ((tripA + tripB) / 2) : ClockCheck.Most;

        NodeSurvey? Of(string name) => survey?.Nodes.FirstOrDefault(node => node.Name == name);
    }
}
