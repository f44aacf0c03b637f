namespace Tachyon.Failover.Decisions;

/// <summary>One probe of the node that is to vote at the end of a run. What it does not show is unknown, and never counts as a yes.</summary>
internal sealed record VoterProbe
{
    /// <summary>
    /// How long after a promotion a validator may still end: a wrong tower ends it after 0.3 s, an older start time in gossip after at most 2.3 s.
    /// Only a vote for a slot that did not exist before shows that it still runs.
    /// </summary>
    public static readonly TimeSpan Settling = TimeSpan.FromSeconds(3);

    /// <summary>How many slots a node may take to save a vote before its silence counts.</summary>
    public const int SlotsToVote = 12;

    /// <summary>The identity that the validator reports; null if it reports none.</summary>
    public IdentityRole? Runs { get; init; }

    /// <summary>Whether the node reports that no validator runs, or that one is starting. This alone proves nothing: the validator's socket may be missing.</summary>
    public bool IsNotUp { get; init; }

    /// <summary>The newest vote that is in the node's tower or has landed; null if neither can be read.</summary>
    public ulong? NewestVote { get; init; }

    /// <summary>Whether the node is shown to vote with the staked identity: true; false if shown not to; null if unknown yet.</summary>
    /// <param name="after">The vote must be for a slot after this one; null if no such slot is known.</param>
    /// <param name="waited">How long the probe has waited for the vote.</param>
    /// <param name="slot">The length of a slot.</param>
    public bool? Votes(ulong? after, TimeSpan waited, TimeSpan slot) =>
        Runs == IdentityRole.Unstaked ? false
        : NewestVote > after ? Runs == IdentityRole.Staked ? true : null
        : IsNotUp && waited >= SlotsToVote * slot ? false
        : null;
}
