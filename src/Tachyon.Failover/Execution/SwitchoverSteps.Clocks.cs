using Tachyon.Failover.Preflight;

namespace Tachyon.Failover.Execution;

/// <summary>Of two validators with one identity, the cluster stops the older one. Each reports its start by the clock of its own host.</summary>
internal sealed partial class SwitchoverSteps
{
    /// <summary>When this run promoted each node.</summary>
    private readonly Dictionary<string, DateTimeOffset> _taken = new(StringComparer.Ordinal);

    /// <summary>
    /// Waits until the node's clock shows more than the other's did when that node was promoted. Before that the cluster would stop the new one as the older of the two.
    /// The difference of the clocks comes from the survey. If it is unknown, the largest difference that TF122 allows is used.
    /// </summary>
    /// <param name="taker">The node that will be promoted.</param>
    /// <param name="taken">When each node was last promoted, by the coordinator's clock.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    private async Task AwaitClocksAsync(ValidatorNode taker, IReadOnlyDictionary<string, DateTimeOffset> taken, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var wait = taken.Where(one => one.Key != taker.Name).Select(one => WaitFor(one.Key, one.Value)).DefaultIfEmpty().Max();
        if (wait > TimeSpan.Zero)
        {
            Note(FailoverStep.Prepare, $"waits {wait.TotalSeconds:0} s for the clock of {taker.Name}: by that clock the other node took the identity in the future");
            await Task.Delay(wait, time, CancellationToken.None).WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        TimeSpan WaitFor(string other, DateTimeOffset at)
        {
            var ahead = AheadAtMost(other, taker.Name);
            var left = ahead - (now - at);
            return left < ahead ? left : ahead;
        }
    }

    /// <summary>The largest time by which one clock may be ahead of the other.</summary>
    private TimeSpan AheadAtMost(string one, string other)
    {
        var (first, second) = (SurveyOf(one), SurveyOf(other));
        return first is { ClockOffset: { } a, RoundTrip: { } tripA } && second is { ClockOffset: { } b, RoundTrip: { } tripB } ? a - b + ((tripA + tripB) / 2) : ClockCheck.Most;

        NodeSurvey? SurveyOf(string name) => _survey?.Nodes.FirstOrDefault(node => node.Name == name);
    }
}
