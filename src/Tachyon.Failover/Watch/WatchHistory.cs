using System.Collections.Immutable;

namespace Tachyon.Failover.Watch;

/// <summary>What a watch has seen, and what it thinks of it. Pure: the same looks in the same order give the same verdicts.</summary>
internal sealed record WatchHistory
{
    private static readonly ImmutableDictionary<string, SeenSlot> NoSlots = ImmutableDictionary.Create<string, SeenSlot>(StringComparer.Ordinal);

    private WatchHistory(WatchRules rules) => Rules = rules;

    public WatchRules Rules { get; }

    /// <summary>What is thought after the newest look.</summary>
    public WatchVerdict Verdict { get; private init; } = new() { State = WatchState.CannotTell, Reason = "nothing was looked at yet" };

    /// <summary>What the newest look came to.</summary>
    public WatchSight Sight { get; private init; } = new();

    /// <summary>The newest slot of each witness, and when it was first seen.</summary>
    private ImmutableDictionary<string, SeenSlot> Slots { get; init; } = NoSlots;

    /// <summary>The newest landed vote that any witness has seen, and when it was first seen. The first look cannot tell how old it is in time: the silence begins with the look.</summary>
    private SeenSlot? LastVote { get; init; }

    /// <summary>How many looks in a row found the validator lost.</summary>
    private int LostInARow { get; init; }

    /// <summary>How many looks in a row found votes landing.</summary>
    private int HealthyInARow { get; init; }

    public static WatchHistory Begin(WatchRules rules) => new(rules);

    /// <summary>The history with one more look.</summary>
    public WatchHistory After(WatchLook look)
    {
        var newest = look.Witnesses.Max(witness => witness.LastVote);
        var seen = this with
        {
            Slots = look.Witnesses.Aggregate(Slots, (slots, witness) => witness.Slot is { } slot && !(slots.TryGetValue(witness.Name, out var last) && slot <= last.Slot)
                ? slots.SetItem(witness.Name, new SeenSlot(slot, look.At))
                : slots),
            LastVote = newest is { } vote && !(vote <= LastVote?.Slot) ? new SeenSlot(vote, look.At) : LastVote,
        };
        return seen.Concluding(look, seen.Judge(look));
    }

    /// <summary>Into lost, and out of it, only after several looks that say the same.</summary>
    private WatchHistory Concluding(WatchLook look, (WatchState State, string Reason) found)
    {
        var lost = found.State == WatchState.Lost ? LostInARow + 1 : 0;
        var healthy = found.State == WatchState.Healthy ? HealthyInARow + 1 : 0;
        var (state, inARow) = found.State switch
        {
            WatchState.Lost when lost < Rules.LooksInARow && Verdict.State != WatchState.Lost => (WatchState.Suspect, lost),
            WatchState.Healthy when healthy < Rules.LooksInARow && Verdict.State is WatchState.Lost => (WatchState.Lost, healthy),
            _ => (found.State, 0),
        };
        var slot = look.Witnesses.Max(witness => witness.Slot);
        return this with
        {
            LostInARow = lost,
            HealthyInARow = healthy,
            Sight = new WatchSight
            {
                Witnesses = look.Witnesses.Count,
                SilentWitnesses = SilentWitnesses(look),
                Silence = Silence(look),
                Slot = slot,
                LastVote = LastVote?.Slot,
                CannotTell = found.State == WatchState.CannotTell ? found.Reason : null,
            },
            Verdict = new WatchVerdict
            {
                State = state,
                Reason = inARow == 0 ? found.Reason : $"{found.Reason} ({inARow} looks of {Rules.LooksInARow} say so)",
                SilentSlots = slot is { } now && LastVote is { } vote ? now > vote.Slot ? now - vote.Slot : 0 : null,
                Silence = Silence(look),
            },
        };
    }

    private (WatchState State, string Reason) Judge(WatchLook look)
    {
        if (look.Witnesses.Any(witness => witness.SilentSlots <= (ulong)Rules.QuietSlots && IsGoingOn(witness, look)))
        {
            return (WatchState.Healthy, $"a vote for slot {LastVote!.Slot} has landed");
        }

        if (WhyNobodyCanTell(look) is { } reason)
        {
            return (WatchState.CannotTell, reason);
        }

        var silent = SilentWitnesses(look);
        var silence = FormattableString.Invariant($"no vote has landed behind slot {LastVote?.Slot}, for {Silence(look).TotalSeconds:0} s");
        return silent < Rules.LeastWitnesses ? (WatchState.Suspect, $"{silence}; {silent} witnesses of {Rules.LeastWitnesses} have seen {Rules.LostSlots} slots without one")
            : Silence(look) < Rules.LostAfter ? (WatchState.Suspect, FormattableString.Invariant($"{silence}, less than {Rules.LostAfter.TotalSeconds:0} s"))
            : (WatchState.Lost, $"{silence}; {silent} witnesses have seen {Rules.LostSlots} slots without one");
    }

    /// <summary>An RPC that fails is not a dead validator, nor is a cluster that stands still; and without lamports no vote can land.</summary>
    private string? WhyNobodyCanTell(WatchLook look)
    {
        if (look.Veto is { } veto)
        {
            return veto;
        }

        if (look.Witnesses.All(witness => witness.SilentSlots is null))
        {
            return $"no witness answers: {string.Join("; ", look.Witnesses.Select(witness => $"{witness.Name}: {witness.Failure ?? "it did not say"}"))}";
        }

        if (!look.Witnesses.Any(witness => IsGoingOn(witness, look)))
        {
            return FormattableString.Invariant($"the cluster stands still: none of the witnesses that answer has seen a new slot for {Rules.StandsStillAfter.TotalSeconds:0} s");
        }

        return look.Balance < Rules.LeastBalance ? $"the staked identity holds {look.Balance} lamports, and cannot pay for a vote" : null;
    }

    private int SilentWitnesses(WatchLook look) => look.Witnesses.Count(witness => witness.SilentSlots >= (ulong)Rules.LostSlots && IsGoingOn(witness, look));

    private bool IsGoingOn(WitnessLook witness, WatchLook look) =>
        witness.Slot is not null && Slots.TryGetValue(witness.Name, out var slot) && look.At - slot.At < Rules.StandsStillAfter;

    private TimeSpan Silence(WatchLook look) => LastVote is { } vote ? look.At - vote.At : TimeSpan.Zero;

    private sealed record SeenSlot(ulong Slot, TimeSpan At);
}
