namespace Tachyon.Failover.Decisions;

/// <summary>What a monitor has seen, and its verdict. Pure: the same readings in the same order give the same verdicts.</summary>
internal sealed record MonitorHistory
{
    private MonitorHistory(DetectionRules rules)
    {
        Rules = rules;
        Sightings = VoteSightings.Begin(rules);
    }

    public DetectionRules Rules { get; }

    /// <summary>The verdict after the newest reading.</summary>
    public MonitorVerdict Verdict { get; private init; } = new() { State = MonitorState.Unknown, Reason = "nothing was read yet" };

    /// <summary>The result of the newest reading.</summary>
    public MonitorView Sight { get; private init; } = new();

    /// <summary>The reports of the witnesses.</summary>
    private VoteSightings Sightings { get; init; }

    /// <summary>How many readings in a row found the validator lost.</summary>
    private int LostInARow { get; init; }

    /// <summary>When it became lost; null while it is not.</summary>
    private TimeSpan? LostAt { get; init; }

    /// <summary>How many readings in a row found votes landing.</summary>
    private int HealthyInARow { get; init; }

    public static MonitorHistory Begin(DetectionRules rules) => new(rules);

    /// <summary>The history after one more look.</summary>
    public MonitorHistory After(MonitorReading look)
    {
        var seen = this with { Sightings = Sightings.After(look) };
        return seen.Concluding(look, seen.Judge(look));
    }

    /// <summary>The state becomes lost, or healthy again, only after several looks with the same result.</summary>
    private MonitorHistory Concluding(MonitorReading look, (MonitorState State, string Reason) found)
    {
        var lost = found.State == MonitorState.Lost ? LostInARow + 1 : 0;
        var healthy = found.State == MonitorState.Healthy ? HealthyInARow + 1 : 0;
        var (state, reason) = found.State switch
        {
            MonitorState.Lost when lost < Rules.ConsecutiveReadings && Verdict.State != MonitorState.Lost => (MonitorState.Suspect, $"{found.Reason}; {InARow(lost)} that it is lost"),
            MonitorState.Healthy when healthy < Rules.ConsecutiveReadings && Verdict.State is MonitorState.Lost =>
                (MonitorState.Lost, FormattableString.Invariant($"it was lost {(look.At - (LostAt ?? look.At)).TotalSeconds:0} s ago; votes land again: {found.Reason}; {InARow(healthy)} so")),
            _ => found,
        };
        return this with
        {
            LostInARow = lost,
            HealthyInARow = healthy,
            LostAt = state == MonitorState.Lost ? LostAt ?? look.At : null,
            Sight = new MonitorView
            {
                Witnesses = look.Witnesses.Count,
                SilentWitnesses = SilentWitnesses.Count(),
                Silence = Silence(look),
                Slot = Sightings.Slot,
                LastVote = Sightings.LastVote?.Slot,
                UnknownReason = found.State == MonitorState.Unknown ? found.Reason : null,
            },
            Verdict = new MonitorVerdict
            {
                State = state,
                Reason = reason,
                SilentSlots = Sightings is { Slot: { } now, LastVote: { } vote } ? now > vote.Slot ? now - vote.Slot : 0 : null,
                Silence = Silence(look),
            },
        };
    }

    private string InARow(int readings) => $"{readings} of {Rules.ConsecutiveReadings} readings in a row say";

    private (MonitorState State, string Reason) Judge(MonitorReading look)
    {
        if (Sightings is { LastVote: { } vote, Going.Length: > 0 } && Sightings.Going.Max(static witness => witness.Slot) <= vote.Slot + (ulong)Rules.HealthySlots)
        {
            return (MonitorState.Healthy, $"a vote of the identity for slot {vote.Slot} has landed");
        }

        if (WhyNobodyCanTell(look) is { } reason)
        {
            return (MonitorState.Unknown, reason);
        }

        var silent = SilentWitnesses.Count();
        var silence = FormattableString.Invariant($"no vote newer than slot {Sightings.LastVote?.Slot} has landed, watched for {Silence(look).TotalSeconds:0} s");
        return silent < Rules.MinimumWitnesses ? (MonitorState.Suspect, $"{silence}; {silent} witnesses of {Rules.MinimumWitnesses} have seen {Rules.LostSlots} slots without one")
            : Silence(look) < Rules.LostAfter ? (MonitorState.Suspect, FormattableString.Invariant($"{silence}, less than {Rules.LostAfter.TotalSeconds:0} s"))
            : (MonitorState.Lost, $"{silence}; {silent} witnesses have seen {Rules.LostSlots} slots without one");
    }

    /// <summary>A failing RPC does not make a validator lost, nor does a halted cluster. Without lamports no vote can land.</summary>
    private string? WhyNobodyCanTell(MonitorReading look)
    {
        if (look.Veto is { } veto)
        {
            return veto;
        }

        if (!look.Witnesses.Any(Sightings.IsAnswer))
        {
            return $"no witness answers: {string.Join("; ", look.Witnesses.Select(witness => $"{witness.Name}: {Sightings.WhyNoAnswer(witness)}"))}";
        }

        if (Sightings.Believed.Length == 0)
        {
            return "the witnesses contradict each other";
        }

        if (Sightings.Going.Length == 0)
        {
            return FormattableString.Invariant($"the cluster is halted: none of the witnesses that answer has seen a new slot for {Rules.HaltedAfter.TotalSeconds:0} s");
        }

        return look.Balance < Rules.MinimumBalance ? $"the staked identity holds {look.Balance} lamports, and cannot pay for a vote" : null;
    }

    /// <summary>Those that have advanced far enough beyond the newest vote of all witnesses.</summary>
    private IEnumerable<WitnessHistory> SilentWitnesses =>
        Sightings.LastVote is { } vote ? Sightings.Going.Where(witness => witness.Slot >= vote.Slot + (ulong)Rules.LostSlots) : [];

    /// <summary>
    /// How long no new vote has been seen while enough witnesses kept advancing. It starts again after a halt of the cluster, because a guard does not count during a halt either (docs/safety.md).
    /// </summary>
    private TimeSpan Silence(MonitorReading look)
    {
        if (Sightings is not { LastVote: { } vote, QuorumAdvancingSince: { } since })
        {
            return TimeSpan.Zero;
        }

        var silence = look.At - (since > vote.By ? since : vote.By);
        return silence > TimeSpan.Zero ? silence : TimeSpan.Zero;
    }
}
