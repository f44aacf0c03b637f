namespace Tachyon.Failover.Preflight;

/// <summary>TF118: both nodes, and the cluster's RPC, belong to one cluster.</summary>
internal sealed class ClusterCheck() : SurveyCheck("TF118")
{
    private const string Expected = "one genesis hash and one shred version";
    private const string Remedy = "connect both nodes and the cluster's RPC to the same cluster";

    protected override IEnumerable<PreflightFinding> Probe(ValidatorPair pair, PairSurvey survey)
    {
        var all = survey.Nodes.Select(node => (Name: (string?)node.Name, Hash: node.GenesisHash)).Append((Name: null, Hash: survey.Cluster.GenesisHash)).ToList();
        foreach (var (name, hash) in all.Where(one => !one.Hash.IsDone))
        {
            yield return Unseen(name, hash.Call, Expected);
        }

        if (all.Select(one => one.Hash.Value).OfType<string>().Distinct().Count() > 1)
        {
            yield return Blocker(null, $"the genesis hashes differ: {string.Join(", ", all.Where(one => one.Hash.IsDone).Select(one => $"{one.Name ?? "cluster"} {one.Hash.Value}"))}", Expected, Remedy);
        }

        foreach (var node in survey.Nodes.Where(node => node.ContactInfo.Value?.ShredVersion is null))
        {
            yield return Unseen(node.Name, node.ContactInfo.IsDone ? "the validator reported no shred version" : node.ContactInfo.Call.ToString(), Expected);
        }

        if (survey.Source.ContactInfo.Value?.ShredVersion is { } a && survey.Target.ContactInfo.Value?.ShredVersion is { } b && a != b)
        {
            yield return Blocker(null, $"the shred versions differ: {a} at {survey.Source.Name}, {b} at {survey.Target.Name}", Expected, Remedy);
        }
    }
}
