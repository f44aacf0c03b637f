using System.Globalization;

namespace Tachyon.Failover.Preflight;

/// <summary>TF122: tells how far the nodes' clocks are apart. Of two processes with one identity the cluster stops the one whose start is older by its own clock.</summary>
internal sealed class ClockCheck() : SurveyCheck("TF122")
{
    private const string Expected = "clocks that are less than 1 s apart";

    private static readonly TimeSpan Most = TimeSpan.FromSeconds(1);

    protected override IEnumerable<PreflightFinding> Look(ValidatorPair pair, PairSurvey survey)
    {
        foreach (var node in survey.Nodes.Where(node => node.ClockOffset is null))
        {
            yield return Unseen(node.Name, node.Inspection.IsDone ? "the node did not say its time" : node.Inspection.Call.ToString(), Expected);
        }

        if (survey.Source is { ClockOffset: { } a, RoundTrip: { } tripA } && survey.Target is { ClockOffset: { } b, RoundTrip: { } tripB })
        {
            var doubt = (tripA + tripB) / 2;
            var seen = string.Create(
                CultureInfo.InvariantCulture,
                $"the clock of {survey.Target.Name} is {(b - a).Duration().TotalMilliseconds:0} ms {(b < a ? "behind" : "ahead of")} that of {survey.Source.Name}, give or take {doubt.TotalMilliseconds:0} ms");
            yield return (b - a).Duration() - doubt > Most ? Warning(null, seen, Expected, "let both nodes ask a time server: chronyc makestep") : Note(null, seen, Expected);
        }
    }
}
