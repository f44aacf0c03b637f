using System.Collections.Immutable;

namespace Tachyon.Failover.Watch;

/// <summary>
/// What witnesses have shown of the chain and of the votes on it, and whom of them to believe. Pure: the same looks in the same order give the same.
/// </summary>
/// <remarks>
/// <para>All of them show one chain, at a commitment at which it does not change any more; they differ in how far they are. So what one says can be checked against the others:</para>
/// <para>- A last vote of 0, or one for a slot that the witness has not reached, is nonsense, and counts as no answer.</para>
/// <para>- A slot far beyond that of two others that go on is nonsense.</para>
/// <para>- A vote that two others, which have gone on well beyond its slot, have never seen has not landed. Who says so is not believed until somebody else has seen it, too.</para>
/// <para>- A witness that is behind says nothing of the silence there is now: it counts only from its own slot being far enough behind the newest vote that anybody has seen.</para>
/// <para>So one bad provider of three can neither end a healthy validator nor hide a lost one. Of two, it can keep the other from being enough.</para>
/// </remarks>
internal sealed record VoteSightings
{
    /// <summary>How many witnesses can say that another one is wrong.</summary>
    private const int Majority = 2;

    private static readonly ImmutableSortedDictionary<string, WitnessHistory> Nobody = ImmutableSortedDictionary.Create<string, WitnessHistory>(StringComparer.Ordinal);

    private VoteSightings(WatchRules rules) => Rules = rules;

    /// <summary>All that have ever answered, by name.</summary>
    public ImmutableSortedDictionary<string, WitnessHistory> Known { get; private init; } = Nobody;

    /// <summary>Those who answered the newest look and are believed.</summary>
    public ImmutableArray<WitnessHistory> Believed { get; private init; } = [];

    /// <summary>Those of them whose slots go on.</summary>
    public ImmutableArray<WitnessHistory> Going { get; private init; } = [];

    /// <summary>The newest landed vote that anybody who is believed has ever seen; null if none has.</summary>
    public SightedVote? LastVote { get; private init; }

    /// <summary>The newest slot of those who are believed, in the newest look; null if nobody said.</summary>
    public ulong? Slot => Believed.Length == 0 ? null : Believed.Max(static witness => witness.Slot);

    /// <summary>
    /// Since when as many witnesses as it takes have gone on, at all times: not the same ones, as each of them may fail. Nobody knows whether the cluster stood still while fewer did. Null before so many are known.
    /// </summary>
    public TimeSpan? EnoughSince { get; private init; }

    private WatchRules Rules { get; }

    /// <summary>Behind this time so many have gone on.</summary>
    private TimeSpan? EnoughWentOn { get; init; }

    private ulong LostSlots => (ulong)Rules.LostSlots;

    /// <summary>Behind so many slots every witness has seen a vote that has landed.</summary>
    private ulong SeenByAllSlots => 2 * (ulong)Rules.QuietSlots;

    /// <summary>The newest slot that was ever believed.</summary>
    private ulong Newest { get; init; }

    public static VoteSightings Begin(WatchRules rules) => new(rules);

    /// <summary>Whether a witness has said something that can be.</summary>
    public bool IsAnswer(WitnessLook witness) => WhyNoAnswer(witness) is null;

    /// <summary>Why a witness has not said anything that can be; null if it has.</summary>
    public string? WhyNoAnswer(WitnessLook witness) =>
        witness is not { Slot: { } slot, LastVote: { } vote } ? witness.Failure ?? "it did not say"
        : vote == 0 ? "it says that no vote has ever landed"
        : vote > slot + LostSlots ? FormattableString.Invariant($"it says nonsense: a vote for slot {vote}, which is newer than its own slot {slot}")
        : null;

    /// <summary>What is known after one more look.</summary>
    public VoteSightings After(WatchLook look)
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

        // Nobody can have seen a vote for a slot that the cluster has not reached, whatever was said once.
        var newest = believedGoing.Length > 0 ? believedGoing.Max(static witness => witness.Slot) : Newest;
        var votes = claimed.Values.Where(witness => witness.Vote.Slot <= newest + LostSlots && !IsContradicted(witness, sober)).Select(static witness => witness.Vote).ToList();
        var counting = Counting([.. claimed.Values.Where(witness => !IsFarAhead(witness, going) && !IsContradicted(witness, sober))]);
        return counting with { Known = claimed, Believed = believed, Going = believedGoing, Newest = newest, LastVote = NewestOf(votes, LastVote) };
    }

    /// <summary>Counts on if nobody can have missed that the cluster stood still. Those who did not answer this time have gone on when they last did.</summary>
    private VoteSightings Counting(ImmutableArray<WitnessHistory> trusted)
    {
        if (trusted.Length < Rules.LeastWitnesses)
        {
            return this with { EnoughSince = null, EnoughWentOn = null };
        }

        var by = trusted.Max(static witness => witness.AdvancedBy);
        var wentOn = trusted.Select(static witness => witness.AdvanceAsked).OrderDescending().ElementAt(Rules.LeastWitnesses - 1);
        var stoodStill = wentOn > EnoughWentOn && by - EnoughWentOn > Rules.StandsStillAfter;
        return this with { EnoughSince = stoodStill ? by : EnoughSince ?? by, EnoughWentOn = wentOn };
    }

    /// <summary>A vote that was known before was seen when it was first seen, whoever shows it later.</summary>
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

    private bool IsGoingOn(WitnessHistory witness, TimeSpan at) => at - witness.AdvancedBy < Rules.StandsStillAfter;

    private bool IsFarAhead(WitnessHistory witness, List<WitnessHistory> going) =>
        going.Count(other => !ReferenceEquals(other, witness) && other.Slot + LostSlots < witness.Slot) >= Majority;

    private bool IsContradicted(WitnessHistory witness, List<WitnessHistory> sober) =>
        witness.Claim is { } claim && sober.Count(other => !ReferenceEquals(other, witness) && other.Slot >= claim + SeenByAllSlots && other.Vote.Slot < claim) >= Majority;
}
