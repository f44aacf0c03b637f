using Tachyon.Failover.Identities;

namespace Tachyon.Failover;

/// <summary>What a look showed of one node. Immutable.</summary>
public sealed record NodeFinding
{
    /// <summary>The node's name.</summary>
    public required string Name { get; init; }

    /// <summary>Whether its validator says who it is.</summary>
    public required NodeCondition Condition { get; init; }

    /// <summary>What it runs; null if it did not say, or runs neither of its two identities.</summary>
    public IdentityRole? Identity { get; init; }

    /// <summary>The identity that it runs, if that is neither the staked one nor its own unstaked one: most often the settings name another validator's ledger.</summary>
    public Pubkey? OtherIdentity { get; init; }

    /// <summary>What its identity link would bring up at a restart; null if it could not be read, or names neither keypair.</summary>
    public IdentityRole? Link { get; init; }

    /// <summary>
    /// Whether it saved new towers of the staked identity while it was watched, which it does for each vote and only with its authorized
    /// voters; null if that could not be seen. A node that does not say what it runs, and whose tower grows, votes.
    /// </summary>
    public bool? Votes { get; init; }

    /// <summary>The newest slot in its tower of the staked identity; null if it has none that can be used.</summary>
    public ulong? LastVotedSlot { get; init; }

    /// <summary>What its tower is, or why it was not read, in a sentence.</summary>
    public required string Tower { get; init; }

    /// <inheritdoc/>
    public override string ToString()
    {
        var runs = Condition switch
        {
            NodeCondition.Answers => OtherIdentity is { } other ? $"runs another identity, {other}" : $"runs the {Word(Identity)} identity",
            NodeCondition.Starting => "has not finished its start",
            NodeCondition.NotRunning => "does not run",
            _ => "does not answer",
        };
        var votes = Votes switch
        {
            true => "it votes",
            false => "it does not vote",
            _ => "whether it votes is not known",
        };
        return $"{Name} {runs}; {votes}; its link names {(Link is null ? "neither keypair, or could not be read" : $"the {Word(Link)} keypair")}; its tower: {Tower}";

        static string Word(IdentityRole? role) => role switch
        {
            IdentityRole.Staked => "staked",
            IdentityRole.Unstaked => "unstaked",
            _ => "(not known)",
        };
    }
}
