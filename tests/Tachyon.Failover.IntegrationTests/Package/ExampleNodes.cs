using System.Globalization;
using FluentAssertions;
using Tachyon.Failover.Contracts;
using Tachyon.Failover.Testing.Ssh;
using Tachyon.Failover.Testing.StandIns;
using Xunit;

namespace Tachyon.Failover.IntegrationTests.Package;

/// <summary>Two stand-ins with sshd, in place of the hosts that the README's example names.</summary>
internal sealed class ExampleNodes : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private LoopbackSshd? _north;
    private LoopbackSshd? _south;

    public StandInCluster Cluster { get; private set; } = null!;

    public string Folder => _folder.Path;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        Assert.True(LoopbackSshd.IsInstalled, LoopbackSshd.InstallationRemedy);

        // The example waits for two minutes without leader slots, as in the guide. An identity that never leads has them at once.
        Cluster = await StandInCluster.StartAsync(new StandInClusterOptions { Folder = Folder, TimeLimit = Patience.Limit, LeaderShare = 0 }, cancellationToken);
        _north = await LoopbackSshd.StartAsync(Cluster.A.Folder, "north", cancellationToken: cancellationToken);
        _south = await LoopbackSshd.StartAsync(Cluster.B.Folder, "south", cancellationToken: cancellationToken);

        // One key and one known_hosts for both nodes, as an operator has them.
        await File.AppendAllTextAsync(_south.AuthorizedKeysFile, await File.ReadAllTextAsync(_north.AuthorizedKeysFile, cancellationToken), cancellationToken);
        await File.AppendAllTextAsync(_north.KnownHostsFile, await File.ReadAllTextAsync(_south.KnownHostsFile, cancellationToken), cancellationToken);
    }

    /// <summary>The example with the stand-ins in the place of its hosts, keys and paths. Each of them must be in it.</summary>
    public string Fill(string example)
    {
        foreach (var (there, here) in (IEnumerable<(string, string)>)[
            ("AykuShNXpnPj3zE7hs5dyYVequ4CWBHnr7Fe6NZbSWJq", Cluster.StakedIdentity.ToString()),
            ("/home/ops/.ssh/known_hosts", _north!.KnownHostsFile),
            ("/home/ops/.ssh/id_ed25519", _north.ClientKeyFile),
            ("User = \"sol\"", $"User = \"{_north.User}\""),
            ("Host = host,", string.Create(CultureInfo.InvariantCulture, $"Host = \"127.0.0.1\", Port = host == \"north.example.com\" ? {_north.Port} : {_south!.Port},")),
            ("=> new()\n{\n    Name = name", $"=> name == \"south\" ? new() {{ Name = name, {Paths(Cluster.B)} }} : new()\n{{\n    Name = name"),
            ("Ledger = \"/mnt/ledger\", IdentityLink = \"/home/sol/identity.json\",", ""),
            ("StakedKeypair = \"/home/sol/staked.json\", UnstakedKeypair = \"/home/sol/unstaked.json\"", Paths(Cluster.A)),
        ])
        {
            example.Should().Contain(there);
            example = example.Replace(there, here, StringComparison.Ordinal);
        }

        return example;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var part in (IAsyncDisposable?[])[_south, _north, Cluster])
        {
            if (part is not null)
            {
                await part.DisposeAsync();
            }
        }

        _folder.Dispose();
    }

    private static string Paths(StandInNode node) =>
        $"Program = \"{node.Program}\", Ledger = \"{node.Ledger}\", IdentityLink = \"{node.IdentityLink}\", "
        + string.Create(CultureInfo.InvariantCulture, $"StakedKeypair = \"{node.StakedKeypair}\", UnstakedKeypair = \"{node.UnstakedKeypair}\", RpcPort = {node.RpcPort}");
}
