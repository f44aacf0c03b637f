using System.Globalization;

namespace Tachyon.Failover.Preflight;

/// <summary>TF123: measures the round trips to the nodes, and whether a switchover fits into a slot.</summary>
/// <remarks>From the source's last vote to the promotion it takes one trip from the source, one to the target, the drain, and the work of both nodes.</remarks>
internal sealed class RoundTripCheck() : SurveyCheck("TF123")
{
    private static readonly TimeSpan Slot = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan Drain = TimeSpan.FromMilliseconds(30);
    private static readonly TimeSpan Work = TimeSpan.FromMilliseconds(50);

    protected override IEnumerable<PreflightFinding> Probe(ValidatorPair pair, PairSurvey survey)
    {
        var expected = string.Create(CultureInfo.InvariantCulture, $"less than the {Slot.TotalMilliseconds:0} ms of a slot from seal to promotion");
        foreach (var node in survey.Nodes.Where(node => node.RoundTrip is null))
        {
            yield return Unseen(node.Name, node.Inspection.IsDone ? "the trip could not be measured" : node.Inspection.Call.ToString(), expected);
        }

        if (survey.Source.RoundTrip is { } source && survey.Target.RoundTrip is { } target)
        {
            var gap = ((source + target) / 2) + Drain + Work;
            var seen = string.Create(
                CultureInfo.InvariantCulture,
                $"{source.TotalMilliseconds:0} ms to {survey.Source.Name} and back, {target.TotalMilliseconds:0} ms to {survey.Target.Name}: some {gap.TotalMilliseconds:0} ms from seal to promotion");
            yield return gap < Slot
                ? Note(null, seen, expected)
                : Warning(null, $"{seen}, {Math.Floor(gap / Slot):0} slots or more without a vote", expected, "run the coordinator closer to the nodes, best on one of them");
        }
    }
}
