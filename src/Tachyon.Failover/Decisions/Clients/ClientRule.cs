using Tachyon.Failover.Clients;

namespace Tachyon.Failover.Decisions;

/// <summary>Decides from the evidence whether the pair has clients and a consensus that this library commands safely. Pure.</summary>
/// <remarks>
/// An answer of <c>getAgGenesisCert</c> counts more than everything else. Where no node answers it, other evidence must say Alpenglow before it refuses: a healthy cluster with towers is not
/// refused for a silent RPC. A version that can vote by Alpenglow is not passed without any evidence of a tower.
/// </remarks>
internal static class ClientRule
{
    private const string Towers = "a cluster that votes by towers";
    private const string Agave = "tachyon or Agave, whose voters can be removed";

    private const string AlpenglowGuide =
        "follow the validator guide's edition for Alpenglow, which carries vote_history-IDENTITY.bin in place of the tower. This program would need a driver that seals, delivers and checks vote histories, and has none";

    /// <summary>All reasons to stop; empty if there is none.</summary>
    public static IReadOnlyList<ClientRefusal> Of(ClientFacts facts) =>
        [.. facts.Nodes.Select(OfNode).OfType<ClientRefusal>(), .. OfCluster(facts) is { } refusal ? [refusal] : (ClientRefusal[])[]];

    private static ClientRefusal? OfNode(NodeClient node) => node.OtherFamily switch
    {
        (ClientFamily.Frankendancer, var evidence) => new ClientRefusal(
            node.Name,
            $"{node.Name} runs Frankendancer ({evidence}): it has no command that removes the authorized voters, so nothing here can seal it",
            Agave,
            "use Frankendancer's own fdctl set-identity, which waits until its votes are flushed, as its manual describes",
            HasTowers: true),
        (_, { } evidence) => new ClientRefusal(
            node.Name,
            $"{node.Name} runs Firedancer ({evidence}): by its manual it may vote after its authorized voters were removed, so nothing here can seal it",
            Agave,
            "use the failover that Firedancer has built in since 26.10, as its manual describes"),
        _ => null,
    };

    private static ClientRefusal? OfCluster(ClientFacts facts)
    {
        var answers = facts.Nodes.Select(static node => (node.Name, Has: node.HasAgGenesisCert)).Append((Name: "the cluster's RPC", Has: facts.ClusterHasAgGenesisCert)).ToList();
        var has = answers.Find(static answer => answer.Has == true).Name;
        var lacks = answers.Find(static answer => answer.Has == false).Name;
        return (has, lacks) switch
        {
            ({ } one, { } other) => Migrating($"getAgGenesisCert of {one} shows the certificate of Alpenglow, and that of {other} shows none"),
            ({ } one, null) => Alpenglow($"getAgGenesisCert of {one} shows its certificate"),
            (null, { } other) => facts.AlpenglowIsActive == true ? Migrating($"the feature is active, and getAgGenesisCert of {other} shows no certificate yet") : null,
            _ => WithoutAnswer(facts),
        };
    }

    /// <summary>No node knows the method, or none answered.</summary>
    private static ClientRefusal? WithoutAnswer(ClientFacts facts)
    {
        if (facts.Nodes.All(static node => node.CanVoteByAlpenglow == false))
        {
            return null;
        }

        if (facts.Nodes.FirstOrDefault(static node => node.HasNewerVoteHistory == true) is { } keeper)
        {
            return Alpenglow($"the vote history on {keeper.Name} is newer than its tower");
        }

        if (facts is { VotesInAccount: 1, AccountHasRoot: true })
        {
            return Alpenglow("the vote account has a root and a single vote");
        }

        return facts.HasTower || facts.VotesInAccount > 1 || facts.Nodes.FirstOrDefault(static node => node.CanVoteByAlpenglow == true) is not { } able
            ? null
            : new ClientRefusal(
                Node: null,
                $"whether the cluster votes by towers or by Alpenglow is unknown: {able.Name} runs {able.Version!.Text}, which can do both, and no node answered getAgGenesisCert",
                Towers,
                "make getAgGenesisCert of the node's own RPC answer; a client of your own for it must ask that",
                HasTowers: true,
                IsInconclusive: true);
    }

    private static ClientRefusal Alpenglow(string evidence) =>
        new(Node: null, $"the cluster votes by Alpenglow, without towers ({evidence})", Towers, AlpenglowGuide);

    private static ClientRefusal Migrating(string evidence) =>
        new(Node: null, $"the cluster is changing from towers to Alpenglow ({evidence})", Towers, $"leave the identity where it is until every node shows the certificate; then {AlpenglowGuide}");
}
