using System.Text.Json.Serialization;

namespace Tachyon.Failover;

/// <summary>What a probe showed of one node. Immutable.</summary>
[JsonConverter(typeof(FailoverJsonConverter))]
public sealed class NodeDiagnosis : IJsonReport
{
    internal NodeDiagnosis()
    {
    }

    /// <summary>The node's name.</summary>
    public string Name { get; internal init; } = null!;

    /// <summary>Whether its validator reports its identity.</summary>
    public NodeCondition Condition { get; internal init; }

    /// <summary>Its identity; null if unknown, or if it runs neither of its two.</summary>
    public IdentityRole? Identity { get; internal init; }

    /// <summary>The identity that it runs, if that is neither the staked one nor its own unstaked one. Usually the settings then name another validator's ledger.</summary>
    public Pubkey? OtherIdentity { get; internal init; }

    /// <summary>The identity with which it would start through its link; null if it could not be read, or names neither keypair.</summary>
    public IdentityRole? Link { get; internal init; }

    /// <summary>
    /// Whether it saved new towers of the staked identity during the probe. It saves one for each vote, and only with its authorized
    /// voters. Null if unknown. A node that does not report its identity, and whose tower grows, votes.
    /// </summary>
    public bool? Votes { get; internal init; }

    /// <summary>The newest slot in its tower of the staked identity; null if it has no usable one.</summary>
    public ulong? LastVotedSlot { get; internal init; }

    /// <summary>Its tower, or why it was not read, in a sentence.</summary>
    public string Tower { get; internal init; } = null!;

    void IJsonReport.WriteTo(ReportWriter writer) => writer
        .Add("name", Name)
        .Add("condition", Condition)
        .Add("identity", Identity)
        .Add("otherIdentity", OtherIdentity)
        .Add("link", Link)
        .Add("votes", Votes)
        .Add("lastVotedSlot", LastVotedSlot)
        .Add("tower", Tower);

    /// <inheritdoc/>
    public override string ToString()
    {
        var runs = Condition switch
        {
            NodeCondition.Running => OtherIdentity is { } other ? $"runs another identity, {other}" : $"runs the {Word(Identity)} identity",
            NodeCondition.Starting => "has not finished its start",
            NodeCondition.NotRunning => "does not run",
            _ => "does not answer",
        };
        var votes = Votes switch
        {
            true => "it votes",
            false => "it does not vote",
            _ => "unknown whether it votes",
        };
        return $"{Name} {runs}; {votes}; its link names {(Link is null ? "neither keypair, or could not be read" : $"the {Word(Link)} keypair")}; its tower: {Tower}";

        static string Word(IdentityRole? role) => role switch
        {
            IdentityRole.Staked => "staked",
            IdentityRole.Unstaked => "unstaked",
            _ => "(unknown)",
        };
    }
}
