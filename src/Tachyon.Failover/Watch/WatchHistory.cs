namespace Tachyon.Failover.Watch;

/// <summary>What a watch has seen, and its verdict. Pure: the same looks in the same order give the same verdicts.</summary>
internal sealed record WatchHistory
{
    private WatchHistory(WatchRules rules)
    {
        Rules = rules;
        Sightings = VoteSightings.Begin(rules);
    }

    public WatchRules Rules { get; }

    /// <summary>The verdict after the newest look.</summary>
    public WatchVerdict Verdict { get; private init; } = new() { State = WatchState.CannotTell, Reason = "nothing was looked at yet" };

    /// <summary>The result of the newest look.</summary>
    public WatchSight Sight { get; private init; } = new();

    /// <summary>The reports of the witnesses.</summary>
    private VoteSightings Sightings { get; init; }

    /// <summary>How many looks in a row found the validator lost.</summary>
    private int LostInARow { get; init; }

    /// <summary>When it became lost; null while it is not.</summary>
    private TimeSpan? LostAt { get; init; }

    /// <summary>How many looks in a row found votes landing.</summary>
    private int HealthyInARow { get; init; }

    public static WatchHistory Begin(WatchRules rules) => new(rules);

    /// <summary>The history after one more look.</summary>
    public WatchHistory After(WatchLook look)
    {
        var seen = this with { Sightings = Sightings.After(look) };
        return seen.Concluding(look, seen.Judge(look));
    }

    /// <summary>The state becomes lost, or healthy again, only after several looks with the same result.</summary>
    private WatchHistory Concluding(WatchLook look, (WatchState State, string Reason) found)
    {
        var lost = found.State == WatchState.Lost ? LostInARow + 1 : 0;
        var healthy = found.State == WatchState.Healthy ? HealthyInARow + 1 : 0;
        var (state, reason) = found.State switch
        {
            WatchState.Lost when lost < Rules.LooksInARow && Verdict.State != WatchState.Lost => (WatchState.Suspect, $"{found.Reason}; {InARow(lost)} that it is lost"),
            WatchState.Healthy when healthy < Rules.LooksInARow && Verdict.State is WatchState.Lost =>
                (WatchState.Lost, FormattableString.Invariant($"it was lost {(look.At - (LostAt ?? look.At)).TotalSeconds:0} s ago; votes land again: {found.Reason}; {InARow(healthy)} so")),
            _ => found,
        };
        return this with
        {
            LostInARow = lost,
            HealthyInARow = healthy,
            LostAt = state == WatchState.Lost ? LostAt ?? look.At : null,
            Sight = new WatchSight
            {
                Witnesses = look.Witnesses.Count,
                SilentWitnesses = SilentWitnesses.Count(),
                Silence = Silence(look),
                Slot = Sightings.Slot,
                LastVote = Sightings.LastVote?.Slot,
                CannotTell = found.State == WatchState.CannotTell ? found.Reason : null,
            },
            Verdict = new WatchVerdict
            {
                State = state,
                Reason = reason,
                SilentSlots = Sightings is { Slot: { } now, LastVote: { } vote } ? now > vote.Slot ? now - vote.Slot : 0 : null,
                Silence = Silence(look),
            },
        };
    }

    private string InARow(int looks) => $"{looks} of {Rules.LooksInARow} looks in a row say";

    private (WatchState State, string Reason) Judge(WatchLook look)
    {
        if (Sightings is { LastVote: { } vote, Going.Length: > 0 } && Sightings.Going.Max(static witness => witness.Slot) <= vote.Slot + (ulong)Rules.QuietSlots)
        {
            return (WatchState.Healthy, $"a vote of the identity for slot {vote.Slot} has landed");
        }

        if (WhyNobodyCanTell(look) is { } reason)
        {
            return (WatchState.CannotTell, reason);
        }

        var silent = SilentWitnesses.Count();
        var silence = FormattableString.Invariant($"no vote newer than slot {Sightings.LastVote?.Slot} has landed, watched for {Silence(look).TotalSeconds:0} s");
        return silent < Rules.LeastWitnesses ? (WatchState.Suspect, $"{silence}; {silent} witnesses of {Rules.LeastWitnesses} have seen {Rules.LostSlots} slots without one")
            : Silence(look) < Rules.LostAfter ? (WatchState.Suspect, FormattableString.Invariant($"{silence}, less than {Rules.LostAfter.TotalSeconds:0} s"))
            : (WatchState.Lost, $"{silence}; {silent} witnesses have seen {Rules.LostSlots} slots without one");
    }

    /// <summary>A failing RPC does not make a validator lost, nor does a halted cluster. Without lamports no vote can land.</summary>
    private string? WhyNobodyCanTell(WatchLook look)
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
            return FormattableString.Invariant($"the cluster is halted: none of the witnesses that answer has seen a new slot for {Rules.StandsStillAfter.TotalSeconds:0} s");
        }

        return look.Balance < Rules.LeastBalance ? $"the staked identity holds {look.Balance} lamports, and cannot pay for a vote" : null;
    }

    /// <summary>Those that have advanced far enough beyond the newest vote of all witnesses.</summary>
    private IEnumerable<WitnessHistory> SilentWitnesses =>
        Sightings.LastVote is { } vote ? Sightings.Going.Where(witness => witness.Slot >= vote.Slot + (ulong)Rules.LostSlots) : [];

    /// <summary>
    /// How long no new vote has been seen while enough witnesses kept advancing. It starts again after a halt of the cluster, because a guard does not count during a halt either (docs/safety.md).
    /// </summary>
    private TimeSpan Silence(WatchLook look)
    {
        if (Sightings is not { LastVote: { } vote, EnoughSince: { } since })
        {
            return TimeSpan.Zero;
        }

        var silence = look.At - (since > vote.By ? since : vote.By);
        return silence > TimeSpan.Zero ? silence : TimeSpan.Zero;
    }
}
