using FluentAssertions;
using Tachyon.Failover.Cli;
using Tachyon.Failover.Testing.Simulation;
using Tachyon.Failover.Testing.Simulation.Nodes;
using Tachyon.Failover.Tests.Recovery;
using Tachyon.Failover.Tests.Safety;
using Xunit;

namespace Tachyon.Failover.Tests.Cli;

/// <summary>Every verb on a pair of each client that is refused by name, as an operator sees it, and what is touched there.</summary>
public sealed class ClientRefusalTests : IDisposable
{
    private static readonly Dictionary<string, (SimulatedClient Client, string Name, string WayOut, bool HasTowers)> Clients = new(StringComparer.Ordinal)
    {
        ["Alpenglow"] = (SimulatedClient.Alpenglow, "the cluster votes by Alpenglow, without towers (getAgGenesisCert of ", "follow the validator guide's edition for Alpenglow", false),
        ["a cluster in migration"] = (SimulatedClient.Migrating, "the cluster is changing from towers to Alpenglow (getAgGenesisCert of ", "leave the identity where it is until every node shows the certificate", false),
        ["Frankendancer"] = (SimulatedClient.Frankendancer, "runs Frankendancer (its RPC reports version 0.909.40003)", "use Frankendancer's own fdctl set-identity", true),
        ["Firedancer"] = (SimulatedClient.Firedancer, "runs Firedancer (its RPC reports version 26.11.0)", "use the failover that Firedancer has built in since 26.10", false),
    };

    private readonly CliScene _person = new() { CanAsk = true };
    private readonly RecoveryScene _world = new();
    private readonly CallRecorder _calls = new();

    public static TheoryData<string, string> ClientsAndRefusingVerbs => new MatrixTheoryData<string, string>(
        Clients.Keys,
        ["preflight", "switchover --to b --yes", "switchover --dry-run", "takeover --to b --yes", "recover --yes", "complete-demotion --yes"]);

    public static TheoryData<string, string> ClientsAndReadingVerbs => new MatrixTheoryData<string, string>(Clients.Keys, ["status", "diagnose"]);

    public void Dispose() => _person.Dispose();

    [Theory]
    [MemberData(nameof(ClientsAndRefusingVerbs))]
    public void Verb_ClientIsNotCommandedSafely_IsRefusedByNameAndTouchesNothing(string client, string verb)
    {
        Run(client, verb).Should().Be(ExitCode.Refused, "{0}", Told);

        Told.Should().Contain(Clients[client].Name).And.Contain(Clients[client].WayOut).And.NotContain("TF105", "nobody is to look for a tower");
        ShouldBeUntouched();
    }

    [Theory]
    [MemberData(nameof(ClientsAndReadingVerbs))]
    public void Verb_ThatOnlyReads_SaysWhatIsSoAndPrintsNoCommand(string client, string verb)
    {
        Run(client, verb).Should().Be(ExitCode.Indeterminate, "{0}", Told);

        Told.Should().Contain(Clients[client].Name).And.Contain(Clients[client].WayOut);
        Told.Should().Contain(Clients[client].HasTowers ? "a votes with the staked identity, and b does not run it" : "a runs the staked identity, b does not, and votes of it land, the newest for slot ");
        Told.Should().NotContain("ln -sfn").And.NotContain("By hand").And.NotContain("Neither node votes").And.NotContain("not in order");
        ShouldBeUntouched();
    }

    [Theory]
    [InlineData("2.2")]
    [InlineData("4.0")]
    [InlineData("4.3 with a tower")]
    [InlineData("5.0 with a tower")]
    public void Switchover_ClientWithTowers_Completes(string client)
    {
        _world.World.Cluster.Client = client switch
        {
            "2.2" => SimulatedClient.Tachyon22,
            "4.0" => SimulatedClient.Agave40,
            "5.0 with a tower" => SimulatedClient.Agave5,
            _ => SimulatedClient.Agave43,
        };

        Run("switchover --to b --yes").Should().Be(ExitCode.Done, "{0}", Told);
    }

    private string Told => _person.Out + _person.Error;

    private int Run(string client, string verb)
    {
        _world.World.Cluster.Client = Clients[client].Client;
        return Run(verb);
    }

    private int Run(string verb)
    {
        var coordinator = _world.World.AddCoordinator("coordinator", TimeSpan.FromMilliseconds(10), _calls, journal: null);
        return _person.Run(coordinator, _world.A, _world.B, verb.Split(' '));
    }

    // A recovery takes the locks before it reads, and gives them back.
    private void ShouldBeUntouched()
    {
        _calls.Changes.Where(static call => !call.Contains("Lock", StringComparison.Ordinal)).Should().BeEmpty();
        _world.A.CanVote.Should().BeTrue();
        (_world.A.Link, _world.B.Link).Should().Be((IdentityRole.Staked, IdentityRole.Unstaked));
    }
}
