namespace Tachyon.Failover.Takeover;

/// <summary>Assesses what is known of a lost node. Pure.</summary>
internal static class EvidenceScale
{
    private const string MovedLink = "an identity link that can be moved to the unstaked keypair";

    /// <summary>The grade, its facts, and what would raise it.</summary>
    public static TakeoverEvidence Weigh(SourceReach source, SilenceFacts silence, TakeoverPolicy policy)
    {
        // The fence may have cut off another node, or none.
        if (VotesAfterItsFence(source, silence) is { } vote)
        {
            return new TakeoverEvidence
            {
                Grade = EvidenceGrade.None,
                Facts = [$"a vote for slot {vote} has landed, and the chain was at slot {source.FencedAt} when {source.Name} had been fenced: a node votes", .. Seen(source), .. Seen(silence)],
                Missing = [$"a fence that cuts {source.Name} off, and no other node"],
            };
        }

        var (isObserved, whyNot) = Observe(source, silence, policy);
        return new TakeoverEvidence
        {
            Grade = source.IsFenced ? EvidenceGrade.Fenced
                : isObserved ? EvidenceGrade.Observed
                : policy.OperatorStatement is not null ? EvidenceGrade.Asserted
                : EvidenceGrade.None,
            Facts = [.. Seen(source), .. Seen(silence), .. policy.OperatorStatement is { } reason ? [$"the operator states: {reason}"] : Array.Empty<string>()],
            Missing = source.IsFenced ? []
                : [.. WouldFence(source, policy).Concat(isObserved ? [] : whyNot).Concat(policy.OperatorStatement is null && !isObserved ? ["an operator who knows that the node cannot vote, and states why"] : []).Distinct(StringComparer.Ordinal)],
        };
    }

    /// <summary>The vote that shows that the node votes although its fence reports success; null if there is none.</summary>
    public static ulong? VotesAfterItsFence(SourceReach source, SilenceFacts silence) => silence.LastVote > source.FencedAt ? silence.LastVote : null;

    /// <summary>Whether the policy's grade can be reached if the lost node is fenced now. If not, nothing is touched.</summary>
    public static bool MayReach(TakeoverEvidence evidence, SourceReach source, TakeoverPolicy policy) =>
        evidence.Grade >= policy.MinimumGrade || source.ShellAnswers || source.HasFence;

    /// <summary>
    /// Silent according to enough witnesses, with no port that answers. A guard that was heard before the silence, and had the time to demote its node, replaces the ports. A node that
    /// would start with the staked identity is not lost, even if it is silent.
    /// </summary>
    private static (bool IsObserved, string[] WhyNot) Observe(SourceReach source, SilenceFacts silence, TakeoverPolicy policy)
    {
        if (silence.UnknownReason is { } reason)
        {
            return (false, [$"witnesses that can decide ({reason})"]);
        }

        var wanted = new List<string>();
        if (silence.SilentWitnesses < policy.Detection.MinimumWitnesses)
        {
            wanted.Add($"{policy.Detection.MinimumWitnesses} independent witnesses that see no vote land for {policy.Detection.LostSlots} slots ({silence.SilentWitnesses} of {silence.Witnesses} do)");
        }

        if (silence.Silence < policy.Detection.LostAfter)
        {
            wanted.Add(FormattableString.Invariant($"a silence of {policy.Detection.LostAfter.TotalSeconds:0} s (watched for {silence.Silence.TotalSeconds:0} s so far)"));
        }

        var guarded = policy.Guard is { } guard && silence.GuardWasHeard && silence.Silence > guard.MinimumLostAfter;
        var aGuard = policy.Guard is not null && !silence.GuardWasHeard ? "a guard on the node that this watch heard before the silence" : "a guard on the node";
        if (!guarded && silence.Ports is null)
        {
            wanted.Add($"a look at the node's ports, or {aGuard}");
        }

        if (!guarded && silence.Ports is { Open: { Count: > 0 } open })
        {
            wanted.Add($"silence of its ports ({string.Join(", ", open)} still answer), or {aGuard}");
        }

        if (!guarded && silence.Ports is { Untried: { Count: > 0 } untried })
        {
            wanted.Add($"a connection to those of its ports that could not be tried ({string.Join(", ", untried)}), or {aGuard}");
        }

        if (source.ShellAnswers && source.LinkIsUnstaked != true)
        {
            wanted.Add(MovedLink);
        }

        if (source is { MayRunStaked: true, IsStopped: not true })
        {
            wanted.Add("a validator that does not run the staked identity, nor starts with it: it answers");
        }

        return (wanted.Count == 0, [.. wanted]);
    }

    private static IEnumerable<string> Seen(SourceReach source)
    {
        if (source.IsPoweredOff == true)
        {
            yield return $"{source.Name} was fenced from outside, and its fence confirms it when asked again{(source.FenceSays is { } words ? $": {words}" : "")}";
        }

        yield return source.ShellAnswers ? "its shell answers" : "its shell does not answer";
        if (source.LinkIsUnstaked is { } isUnstaked)
        {
            yield return isUnstaked ? "its identity link points at the unstaked keypair" : "its identity link points at the staked keypair: after a restart it runs the staked identity";
        }

        if (source.IsDemoted == true)
        {
            yield return source.IsSealed == true ? "its validator was demoted and has no voter, as read back" : "its validator was demoted, and may still have its voter";
        }

        if (source.IsStopped == true)
        {
            yield return "no validator runs on it, as read back";
        }
    }

    private static IEnumerable<string> Seen(SilenceFacts silence)
    {
        yield return silence.UnknownReason is { } reason
            ? $"unknown whether its votes land: {reason}"
            : FormattableString.Invariant($"no vote newer than slot {silence.LastVote} has landed, {Slots(silence)} slots ago by the chain; this program has watched that silence for {silence.Silence.TotalSeconds:0} s; {silence.SilentWitnesses} of {silence.Witnesses} witnesses have seen enough slots without a vote");
        if (silence.GuardWasHeard)
        {
            yield return "its guard was heard before the silence";
        }

        if (silence.Ports is { Open.Count: > 0 } open)
        {
            yield return $"these of its ports answer: {string.Join(", ", open.Open)}";
        }
        else if (silence.Ports is { Untried.Count: 0 })
        {
            yield return "none of its ports answers";
        }

        if (silence.Ports is { Untried.Count: > 0 } untried)
        {
            yield return $"these of its ports could not be tried: {string.Join(", ", untried.Untried)}";
        }
    }

    private static ulong Slots(SilenceFacts silence) => silence is { Slot: { } slot, LastVote: { } vote } && slot > vote ? slot - vote : 0;

    private static IEnumerable<string> WouldFence(SourceReach source, TakeoverPolicy policy)
    {
        if (!source.ShellAnswers)
        {
            yield return source.HasFence ? "cutting its power, by its fencing device" : "a shell on it that answers, so that it can be demoted; or a fencing device that can cut its power";
            yield break;
        }

        if (source.LinkIsUnstaked != true)
        {
            yield return MovedLink;
        }

        if (source.IsStopped != true && !(source.IsDemoted == true && source.IsSealed == true))
        {
            yield return source.WasStopped && source.IsStopped is null ? "a look that shows that its validator has stopped"
                : policy.AllowStop ? "a validator that can be demoted and sealed, or stopped" : "a validator that can be demoted and sealed, or permission to stop it";
        }
    }
}
