using System.Globalization;

namespace Tachyon.Failover.Preflight;

/// <summary>TF122: the nodes' clocks agree. Of two processes with one identity the cluster stops the older one, by the clocks of their own hosts.</summary>
internal sealed class ClockCheck() : SurveyCheck("TF122")
{
    /// <summary>A larger difference refuses a switchover. A smaller one only delays the preparation if the identity was moved a moment ago.</summary>
    public static readonly TimeSpan Most = TimeSpan.FromSeconds(10);

    private const string Expected = "clocks that are less than 1 s apart";
    private const string Remedy = "let both nodes ask a time server: chronyc makestep";
    private static readonly TimeSpan MostUnnoticed = TimeSpan.FromSeconds(1);

    protected override IEnumerable<PreflightFinding> Probe(ValidatorPair pair, PairSurvey survey)
    {
        foreach (var node in survey.Nodes.Where(node => node.ClockOffset is null))
        {
            yield return Unseen(node.Name, node.Inspection.IsDone ? "the node did not report its time" : node.Inspection.Call.ToString(), Expected);
        }

        if (survey.Source is { ClockOffset: { } a, RoundTrip: { } tripA } && survey.Target is { ClockOffset: { } b, RoundTrip: { } tripB })
        {
            var doubt = (tripA + tripB) / 2;
            var (apart, atLeast) = ((b - a).Duration(), (b - a).Duration() - doubt);
            var seen = string.Create(
                CultureInfo.InvariantCulture,
                $"the clock of {survey.Target.Name} is {apart.TotalMilliseconds:0} ms {(b < a ? "slow" : "fast")} against that of {survey.Source.Name}, ± {doubt.TotalMilliseconds:0} ms");
            yield return atLeast >= Most
                ? Blocker(null, $"{seen}: the cluster may take the node that gets the identity for the older of two, and stop its validator", Expected, Remedy)
                : atLeast > MostUnnoticed ? Warning(null, seen, Expected, Remedy)
                : Note(null, seen, Expected);
        }
    }
}
