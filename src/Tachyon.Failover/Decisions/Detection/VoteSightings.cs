using System.Collections.Immutable;

namespace Tachyon.Failover.Decisions;

/// <summary>
/// What the witnesses have reported of the chain and of its votes, and which of them are believed. Pure: the same looks in the same order give the same result.
/// </summary>
/// <remarks>
/// <para>All of them see one chain, at a commitment at which it no longer changes; they differ only in their slot. So each answer can be checked against the others:</para>
/// <para>- A last vote of 0, or one for a slot that the witness has not reached, is invalid, and counts as no answer.</para>
/// <para>- A slot far beyond that of two advancing witnesses is invalid.</para>
/// <para>- A vote has not landed if two others have advanced well beyond its slot without seeing it. Its witness is not believed until another one has seen it, too.</para>
/// <para>- A witness that is behind does not know the present silence: it counts only after its own slot is far enough beyond the newest vote of all witnesses.</para>
/// <para>So one faulty witness of three can neither end a healthy validator nor hide a lost one. One of two can keep the other from being sufficient.</para>
/// </remarks>
internal sealed record VoteSightings
{
    /// <summary>How many witnesses are needed to overrule another one.</summary>
    private const int Majority = 2;

    private static readonly ImmutableSortedDictionary<string, WitnessHistory> Nobody = ImmutableSortedDictionary.Create<string, WitnessHistory>(StringComparer.Ordinal);

    private VoteSightings(DetectionRules rules) => Rules = rules;

    /// <summary>All witnesses that have ever answered, by name.</summary>
    public ImmutableSortedDictionary<string, WitnessHistory> Known { get; private init; } = Nobody;

    /// <summary>The witnesses that answered the newest probe and are believed.</summary>
    public ImmutableArray<WitnessHistory> Believed { get; private init; } = [];

    /// <summary>Those of them whose slots advance.</summary>
    public ImmutableArray<WitnessHistory> Going { get; private init; } = [];

    /// <summary>The newest landed vote that any believed witness has ever seen; null if there is none.</summary>
    public SightedVote? LastVote { get; private init; }

    /// <summary>The newest slot of the believed witnesses in the newest reading; null if unknown.</summary>
    public ulong? Slot => Believed.Length == 0 ? null : Believed.Max(static witness => witness.Slot);

    /// <summary>
    /// Start of the uninterrupted period in which at least <see cref="DetectionRules.MinimumWitnesses"/> witnesses kept advancing. They need not always be the same ones. Null before so many are known.
    /// </summary>
    public TimeSpan? QuorumAdvancingSince { get; private init; }

    private DetectionRules Rules { get; }

    /// <summary>That many witnesses are known to have advanced after this time.</summary>
    private TimeSpan? QuorumAdvancedAfter { get; init; }

    private ulong LostSlots => (ulong)Rules.LostSlots;

    /// <summary>After so many slots every witness has seen a landed vote.</summary>
    private ulong SeenByAllSlots => 2 * (ulong)Rules.HealthySlots;

    /// <summary>The newest slot that was ever believed.</summary>
    private ulong Newest { get; init; }

    public static VoteSightings Begin(DetectionRules rules) => new(rules);

    /// <summary>Whether a witness gave a valid answer.</summary>
    public bool IsAnswer(WitnessReading witness) => WhyNoAnswer(witness) is null;

    /// <summary>Why a witness's answer does not count; null if it is valid.</summary>
    public string? WhyNoAnswer(WitnessReading witness) =>
        witness is not { Slot: { } slot, LastVote: { } vote } ? witness.Failure ?? "no answer"
        : vote == 0 ? "it reports that no vote has ever landed"
        : vote > slot + LostSlots ? FormattableString.Invariant($"invalid answer: a vote for slot {vote}, which is newer than its own slot {slot}")
        : null;

    /// <summary>The state after one more look.</summary>
    public VoteSightings After(MonitorReading look)
    {
        var answers = look.Witnesses.Where(IsAnswer).DistinctBy(static witness => witness.Name, StringComparer.Ordinal).ToList();
        var heard = answers.Aggregate(
            Known,
            (known, witness) => known.SetItem(
                witness.Name, WitnessHistory.After(known.GetValueOrDefault(witness.Name), witness.Slot!.Value, witness.LastVote!.Value, look.At, look.At + witness.Took, Rules)));
        var claimed = heard.ToImmutableSortedDictionary(static one => one.Key, one => one.Value with { Claim = ClaimOf(one.Value, heard.Values.Where(other => !ReferenceEquals(other, one.Value))) }, StringComparer.Ordinal);

        var going = answers.Select(witness => claimed[witness.Name]).Where(witness => IsGoingOn(witness, look.At)).ToList();
        var sober = going.Where(witness => !IsFarAhead(witness, going)).ToList();
        ImmutableArray<WitnessHistory> believed =
            [.. answers.Select(witness => claimed[witness.Name]).Where(witness => !IsFarAhead(witness, going) && !IsContradicted(witness, sober))];
        ImmutableArray<WitnessHistory> believedGoing = [.. believed.Where(witness => IsGoingOn(witness, look.At))];

        // A vote for a slot that the cluster has not reached cannot have landed, even if it was reported.
        var newest = believedGoing.Length > 0 ? believedGoing.Max(static witness => witness.Slot) : Newest;
        var votes = claimed.Values.Where(witness => witness.Vote.Slot <= newest + LostSlots && !IsContradicted(witness, sober)).Select(static witness => witness.Vote).ToList();
        var counting = Counting([.. claimed.Values.Where(witness => !IsFarAhead(witness, going) && !IsContradicted(witness, sober))]);
        return counting with { Known = claimed, Believed = believed, Going = believedGoing, Newest = newest, LastVote = NewestOf(votes, LastVote) };
    }

    /// <summary>Continues the count if a halt of the cluster cannot have been missed. A witness that did not answer this time has advanced at least until its last answer.</summary>
    private VoteSightings Counting(ImmutableArray<WitnessHistory> trusted)
    {
        if (trusted.Length < Rules.MinimumWitnesses)
        {
            return this with { QuorumAdvancingSince = null, QuorumAdvancedAfter = null };
        }

        var by = trusted.Max(static witness => witness.AdvancedBy);
        var wentOn = trusted.Select(static witness => witness.AdvanceAsked).OrderDescending().ElementAt(Rules.MinimumWitnesses - 1);
        var stoodStill = wentOn > QuorumAdvancedAfter && by - QuorumAdvancedAfter > Rules.HaltedAfter;
        return this with { QuorumAdvancingSince = stoodStill ? by : QuorumAdvancingSince ?? by, QuorumAdvancedAfter = wentOn };
    }

    /// <summary>Keeps the time of the first sighting. A later report of the same vote by another witness does not change it.</summary>
    private static SightedVote? NewestOf(List<SightedVote> votes, SightedVote? known)
    {
        if (votes.Count == 0)
        {
            return null;
        }

        var slot = votes.Max(static vote => vote.Slot);
        if (slot == known?.Slot)
        {
            return known;
        }

        var same = votes.Where(vote => vote.Slot == slot).ToList();
        return new SightedVote(slot, same.Max(static vote => vote.After), same.Min(static vote => vote.By));
    }

    private static ulong? ClaimOf(WitnessHistory witness, IEnumerable<WitnessHistory> others)
    {
        var seen = others.Select(static other => other.Vote.Slot).DefaultIfEmpty().Max();
        return witness.Claim > seen ? witness.Claim : witness.Vote.Slot > seen ? witness.Vote.Slot : null;
    }

    private bool IsGoingOn(WitnessHistory witness, TimeSpan at) => at - witness.AdvancedBy < Rules.HaltedAfter;

    private bool IsFarAhead(WitnessHistory witness, List<WitnessHistory> going) =>
        going.Count(other => !ReferenceEquals(other, witness) && other.Slot + LostSlots < witness.Slot) >= Majority;

    private bool IsContradicted(WitnessHistory witness, List<WitnessHistory> sober) =>
        witness.Claim is { } claim && sober.Count(other => !ReferenceEquals(other, witness) && other.Slot >= claim + SeenByAllSlots && other.Vote.Slot < claim) >= Majority;
}
