namespace Tachyon.Failover.Preflight;

/// <summary>TF102: the source runs the staked identity, and the target runs its own unstaked one.</summary>
internal sealed class RolesCheck : IPreflightCheck
{
    public string Code => "TF102";

    public Task<IReadOnlyList<PreflightFinding>> CheckAsync(ValidatorPair pair, PairSurvey survey, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<PreflightFinding>>([.. Look(pair, survey)]);

    private IEnumerable<PreflightFinding> Look(ValidatorPair pair, PairSurvey survey)
    {
        if (survey.Source.ContactInfo.Value is not { } source || survey.Target.ContactInfo.Value is not { } target)
        {
            yield break;
        }

        var sourceIsStaked = source.Identity.Equals(pair.StakedIdentity);
        var targetIsStaked = target.Identity.Equals(pair.StakedIdentity);
        if (sourceIsStaked && targetIsStaked)
        {
            yield return Blocker(null, $"Both nodes run the staked identity {pair.StakedIdentity}; exactly one must. Stop one of them before both are stopped by the cluster.", PreflightFinding.Recover);
        }
        else if (targetIsStaked)
        {
            yield return Blocker(survey.Target.Name, "The target runs the staked identity already; there is nothing to do. To move it back, ask for the other direction.");
        }
        else if (!sourceIsStaked)
        {
            yield return Blocker(survey.Source.Name, $"Neither node runs the staked identity {pair.StakedIdentity}: the source runs {source.Identity}, the target {target.Identity}.", PreflightFinding.Recover);
        }

        if (!targetIsStaked && survey.Target.Inspection.Value?.UnstakedIdentity is { } own && !target.Identity.Equals(own))
        {
            yield return Blocker(survey.Target.Name, $"The target runs {target.Identity}, which is not its unstaked keypair ({own}).");
        }

        if (source.ShredVersion is { } a && target.ShredVersion is { } b && a != b)
        {
            yield return Blocker(null, $"The nodes are of two clusters: shred version {a} at the source, {b} at the target.");
        }

        if (source.Gossip is not null && source.Gossip.Equals(target.Gossip) && !System.Net.IPAddress.IsLoopback(source.Gossip.Address))
        {
            yield return Blocker(null, $"Both nodes have the gossip address {source.Gossip}; source and target are one machine by mistake.");
        }
    }

    private PreflightFinding Blocker(string? node, string message, string? remedy = null) =>
        new() { Code = Code, Severity = PreflightSeverity.Blocker, Node = node, Message = message, Remedy = remedy };
}
