using Tachyon.Failover.Identities;

namespace Tachyon.Failover.Protocol;

/// <summary>One look at the node that is to vote at the end of a run. What it does not show is not known, and never counts as a yes.</summary>
internal sealed record VoterLook
{
    /// <summary>
    /// From the moment in which the node took the identity until its end can be told: a wrong tower ends a validator after 0.3 s, and an older start time in gossip after 2.3 s at most. Only a vote for a slot that did
    /// not exist before shows that it is still there.
    /// </summary>
    public static readonly TimeSpan Settling = TimeSpan.FromSeconds(3);

    /// <summary>How many slots a node may take to save a vote before its silence says something.</summary>
    public const int SlotsToVote = 12;

    /// <summary>The identity that the validator says it runs; null if it does not say.</summary>
    public IdentityRole? Runs { get; init; }

    /// <summary>Whether the node says that no validator is up there, or that one is starting. Alone that proves nothing: the validator's socket may be missing.</summary>
    public bool IsNotUp { get; init; }

    /// <summary>The newest vote that is in the node's tower or has landed; null if neither can be read.</summary>
    public ulong? NewestVote { get; init; }

    /// <summary>Whether the node is shown to vote with the staked identity: true, or false for shown not to; null if that cannot be told yet.</summary>
    /// <param name="after">The vote must be for a slot after this one; null if no such slot is known.</param>
    /// <param name="waited">How long the vote has been waited for.</param>
    /// <param name="slot">The length of a slot.</param>
    public bool? Votes(ulong? after, TimeSpan waited, TimeSpan slot) =>
        Runs == IdentityRole.Unstaked ? false
        : NewestVote > after ? Runs == IdentityRole.Staked ? true : null
        : IsNotUp && waited >= SlotsToVote * slot ? false
        : null;
}
