using Tachyon.Failover.Clients;

namespace Tachyon.Failover.Preflight;

/// <summary>TF130: each node runs a version whose ways are known, by measurement or at least by its source.</summary>
internal sealed class MeasuredClientCheck() : SurveyCheck("TF130")
{
    private static readonly string Expected = $"a version of docs/clients.md, of which {ClientProfiles.NewestMeasured} is the newest that was measured";

    protected override IEnumerable<PreflightFinding> Probe(ValidatorPair pair, PairSurvey survey)
    {
        foreach (var node in survey.Nodes)
        {
            if (node.RunningVersion.Value is not { } running)
            {
                yield return Unseen(node.Name, node.RunningVersion.Call, Expected);
            }
            else if (ClientVersion.OfRunning(running) is not { } version || ClientProfiles.Of(version) is not { } profile)
            {
                yield return Warning(node.Name, $"the ways of version {running} are not known here", Expected, "rehearse the switchover on a test cluster of that version first");
            }
            else if (!profile.WasMeasured(version))
            {
                yield return Note(node.Name, $"the ways of version {running} are known from its source, and were not measured", Expected);
            }
        }
    }
}
