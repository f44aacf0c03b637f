namespace Tachyon.Failover.Decisions;

/// <summary>Assesses what is known of a lost node. Pure.</summary>
internal static class EvidenceScale
{
    /// <summary>The grade, its facts, and what would raise it.</summary>
    public static TakeoverEvidence Weigh(SourceReach source, SilenceFacts silence, TakeoverPolicy policy)
    {
        // The fence may have cut off another node, or none.
        if (VotesAfterItsFence(source, silence) is { } vote)
        {
            return new TakeoverEvidence
            {
                Grade = EvidenceGrade.None,
                Facts = [new(NoteCodes.VoteAfterFence, source.Name, $"a vote for slot {vote} has landed, and the chain was at slot {source.FencedAt} when {source.Name} had been fenced: a node votes", ("slot", vote), ("fencedAt", source.FencedAt)), .. Seen(source), .. Seen(silence, source.Name)],
                Missing = [new(NoteCodes.NeedsRightFence, source.Name, $"a fence that cuts {source.Name} off, and no other node")],
            };
        }

        var (isObserved, whyNot) = Observe(source, silence, policy);
        return new TakeoverEvidence
        {
            Grade = source.IsFenced ? EvidenceGrade.Fenced
                : isObserved ? EvidenceGrade.Observed
                : policy.OperatorStatement is not null ? EvidenceGrade.Asserted
                : EvidenceGrade.None,
            Facts = [.. Seen(source), .. Seen(silence, source.Name), .. Stated(source, policy)],
            Missing = source.IsFenced ? []
                : [.. WouldFence(source, policy).Concat(isObserved ? [] : whyNot).Concat(WouldState(source, policy, isObserved)).DistinctBy(static note => note.Code)],
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
    private static (bool IsObserved, FailoverNote[] WhyNot) Observe(SourceReach source, SilenceFacts silence, TakeoverPolicy policy)
    {
        if (silence.UnknownReason is { } reason)
        {
            return (false, [new(NoteCodes.NeedsDecidingWitnesses, source.Name, $"witnesses that can decide ({reason})")]);
        }

        var wanted = new List<FailoverNote>();
        if (silence.SilentWitnesses < policy.Detection.MinimumWitnesses)
        {
            Want(NoteCodes.NeedsWitnesses, $"{policy.Detection.MinimumWitnesses} independent witnesses that see no vote land for {policy.Detection.LostSlots} slots ({silence.SilentWitnesses} of {silence.Witnesses} do)", ("wanted", policy.Detection.MinimumWitnesses), ("silent", silence.SilentWitnesses));
        }

        if (silence.Silence < policy.Detection.LostAfter)
        {
            Want(
                NoteCodes.NeedsSilence,
                FormattableString.Invariant($"a silence of {policy.Detection.LostAfter.TotalSeconds:0} s (watched for {silence.Silence.TotalSeconds:0} s so far)"),
                ("wantedSeconds", policy.Detection.LostAfter.TotalSeconds),
                ("seconds", silence.Silence.TotalSeconds));
        }

        var guarded = policy.Guard is { } guard && silence.GuardWasHeard && silence.Silence > guard.MinimumLostAfter;
        var aGuard = policy.Guard is not null && !silence.GuardWasHeard ? "a guard on the node that this watch heard before the silence" : "a guard on the node";
        if (!guarded && silence.Ports is null)
        {
            Want(NoteCodes.NeedsPorts, $"a probe of the node's ports, or {aGuard}");
        }

        if (!guarded && silence.Ports is { Open: { Count: > 0 } open })
        {
            Want(NoteCodes.NeedsSilentPorts, $"silence of its ports ({string.Join(", ", open)} still answer), or {aGuard}", ("ports", string.Join(", ", open)));
        }

        if (!guarded && silence.Ports is { Untried: { Count: > 0 } untried })
        {
            Want(NoteCodes.NeedsTriedPorts, $"a connection to those of its ports that could not be tried ({string.Join(", ", untried)}), or {aGuard}", ("ports", string.Join(", ", untried)));
        }

        if (source.ShellAnswers && source.LinkIsUnstaked != true)
        {
            wanted.Add(MovedLink(source));
        }

        if (source is { MayRunStaked: true, IsStopped: not true })
        {
            Want(NoteCodes.NeedsUnstakedValidator, "a validator that does not run the staked identity, nor starts with it: it answers");
        }

        return (wanted.Count == 0, [.. wanted]);

        void Want(string code, string text, params (string Name, object? Value)[] data) => wanted.Add(new FailoverNote(code, source.Name, text, data));
    }

    private static FailoverNote MovedLink(SourceReach source) => new(NoteCodes.NeedsMovedLink, source.Name, "an identity link that can be moved to the unstaked keypair");

    private static IEnumerable<FailoverNote> Stated(SourceReach source, TakeoverPolicy policy) =>
        policy.OperatorStatement is { } reason ? [new FailoverNote(NoteCodes.OperatorStates, source.Name, $"the operator states: {reason}")] : [];

    private static IEnumerable<FailoverNote> WouldState(SourceReach source, TakeoverPolicy policy, bool isObserved) =>
        policy.OperatorStatement is null && !isObserved ? [new FailoverNote(NoteCodes.NeedsStatement, source.Name, "an operator who knows that the node cannot vote, and states why")] : [];

    private static IEnumerable<FailoverNote> Seen(SourceReach source)
    {
        FailoverNote Note(string code, string text) => new(code, source.Name, text);

        if (source.IsPoweredOff == true)
        {
            yield return Note(NoteCodes.FencedFromOutside, $"{source.Name} was fenced from outside, and its fence confirms it when asked again{(source.FenceSays is { } words ? $": {words}" : "")}");
        }

        yield return source.ShellAnswers ? Note(NoteCodes.ShellAnswers, "its shell answers") : Note(NoteCodes.ShellSilent, "its shell does not answer");
        if (source.LinkIsUnstaked is { } isUnstaked)
        {
            yield return isUnstaked
                ? Note(NoteCodes.LinkUnstaked, "its identity link points at the unstaked keypair")
                : Note(NoteCodes.LinkStaked, "its identity link points at the staked keypair: after a restart it runs the staked identity");
        }

        if (source.IsDemoted == true)
        {
            yield return source.IsSealed == true
                ? Note(NoteCodes.DemotedAndSealed, "its validator was demoted and has no voter, as read back")
                : Note(NoteCodes.DemotedOnly, "its validator was demoted, and may still have its voter");
        }

        if (source.IsStopped == true)
        {
            yield return Note(NoteCodes.NoValidatorRuns, "no validator runs on it, as read back");
        }
    }

    private static IEnumerable<FailoverNote> Seen(SilenceFacts silence, string node)
    {
        FailoverNote Note(string code, string text, params (string Name, object? Value)[] data) => new(code, node, text, data);

        yield return silence.UnknownReason is { } reason
            ? Note(NoteCodes.LandingUnknown, $"unknown whether its votes land: {reason}")
            : Note(
                NoteCodes.Silence,
                FormattableString.Invariant($"no vote newer than slot {silence.LastVote} has landed, {Slots(silence)} slots ago by the chain; this program has watched that silence for {silence.Silence.TotalSeconds:0} s; {silence.SilentWitnesses} of {silence.Witnesses} witnesses have seen enough slots without a vote"),
                ("slot", silence.LastVote),
                ("seconds", silence.Silence.TotalSeconds),
                ("witnesses", silence.SilentWitnesses));
        if (silence.GuardWasHeard)
        {
            yield return Note(NoteCodes.GuardHeard, "its guard was heard before the silence");
        }

        if (silence.Ports is { Open.Count: > 0 } open)
        {
            yield return Note(NoteCodes.PortsAnswer, $"these of its ports answer: {string.Join(", ", open.Open)}", ("ports", string.Join(", ", open.Open)));
        }
        else if (silence.Ports is { Untried.Count: 0 })
        {
            yield return Note(NoteCodes.PortsSilent, "none of its ports answers");
        }

        if (silence.Ports is { Untried.Count: > 0 } untried)
        {
            yield return Note(NoteCodes.PortsUntried, $"these of its ports could not be tried: {string.Join(", ", untried.Untried)}", ("ports", string.Join(", ", untried.Untried)));
        }
    }

    private static ulong Slots(SilenceFacts silence) => silence is { Slot: { } slot, LastVote: { } vote } && slot > vote ? slot - vote : 0;

    private static IEnumerable<FailoverNote> WouldFence(SourceReach source, TakeoverPolicy policy)
    {
        if (!source.ShellAnswers)
        {
            yield return new FailoverNote(NoteCodes.NeedsFencing, source.Name, source.HasFence ? "cutting its power, by its fencing device" : "a shell on it that answers, so that it can be demoted; or a fencing device that can cut its power");
            yield break;
        }

        if (source.LinkIsUnstaked != true)
        {
            yield return MovedLink(source);
        }

        if (source.IsStopped != true && !(source.IsDemoted == true && source.IsSealed == true))
        {
            yield return new FailoverNote(
                NoteCodes.NeedsStop,
                source.Name,
                source.WasStopped && source.IsStopped is null ? "a probe that shows that its validator has stopped"
                    : policy.AllowStop ? "a validator that can be demoted and sealed, or stopped" : "a validator that can be demoted and sealed, or permission to stop it");
        }
    }
}
