using FluentAssertions;
using Tachyon.Failover.Cluster;
using Tachyon.Failover.Contracts;
using Tachyon.Failover.Journal;
using Tachyon.Failover.Shells;
using Tachyon.Failover.Testing.Network;
using Tachyon.Failover.Testing.Ssh;
using Tachyon.Failover.Testing.StandIns;
using Xunit;

namespace Tachyon.Failover.IntegrationTests.Switchovers;

/// <summary>A cluster and two stand-ins, each with a real sshd, a link that can be cut, and a shim that makes calls fail.</summary>
public sealed class SwitchoverScene : IAsyncLifetime
{
    private static readonly TimeSpan Slot = TimeSpan.FromMilliseconds(400);

    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _http = new();
    private readonly Dictionary<string, SceneNode> _nodes = [];
    private ShellValidatorPair? _pair;
    private TimeSpan _setIdentityLimit = Patience.TimeLimits.SetIdentity;

    public StandInCluster Cluster { get; private set; } = null!;

    internal SceneNode Active { get; private set; } = null!;

    internal SceneNode Inactive => _nodes.Values.Single(node => node != Active);

    /// <summary>The pair in the direction in which a switchover can go now.</summary>
    public ValidatorPair Pair => Active.Node == Cluster.A ? _pair!.FromAToB : _pair!.FromBToA;

    public string Journal => _folder.File("journal");

    public static FailoverOptions Options => new()
    {
        MinimumIdle = TimeSpan.Zero,
        Slot = Slot,
        RetryDelay = TimeSpan.FromMilliseconds(100),
        VerifyTimeout = TimeSpan.FromSeconds(20),
        RollbackTimeout = TimeSpan.FromSeconds(60),
        Journal = new InMemoryFailoverJournal(),
    };

    internal SceneNode On(NodeSide side) => side == NodeSide.Source ? Active : Inactive;

    public async ValueTask InitializeAsync()
    {
        Assert.True(LoopbackSshd.IsInstalled, LoopbackSshd.InstallationRemedy);
        Cluster = await StandInCluster.StartAsync(new StandInClusterOptions { Folder = _folder.Path, TimeLimit = Patience.Limit, Seed = 7, SlotDuration = Slot });
        foreach (var node in Cluster.Nodes)
        {
            _nodes.Add(node.Name, await SceneNode.StartAsync(node));
        }

        Active = _nodes[Cluster.A.Name];
        _pair = AnotherCoordinatorsPair();
    }

    /// <summary>How long <c>set-identity</c> may take; the pair is put together anew for it.</summary>
    public TimeSpan SetIdentityTimeout
    {
        set
        {
            _setIdentityLimit = value;
            _pair = AnotherCoordinatorsPair();
        }
    }

    /// <summary>The same nodes, as another coordinator reaches them. Its direction is chosen with <see cref="SameDirection"/>.</summary>
    public ShellValidatorPair AnotherCoordinatorsPair() => AnotherCoordinatorsPair(node => node.Shell);

    /// <summary>As <see cref="AnotherCoordinatorsPair()"/>, over other shells.</summary>
    internal ShellValidatorPair AnotherCoordinatorsPair(Func<SceneNode, IShell> shellTo) => AnotherCoordinatorsPair(shellTo, static settings => settings);

    /// <summary>As <see cref="AnotherCoordinatorsPair()"/>, by settings that a person has got wrong.</summary>
    internal ShellValidatorPair AnotherCoordinatorsPair(Func<ValidatorNodeSettings, ValidatorNodeSettings> mistake) => AnotherCoordinatorsPair(node => node.Shell, mistake);

    private ShellValidatorPair AnotherCoordinatorsPair(Func<SceneNode, IShell> shellTo, Func<ValidatorNodeSettings, ValidatorNodeSettings> mistake) => new(
        Cluster.StakedIdentity,
        mistake(SettingsOf(Cluster.A)),
        shellTo(_nodes[Cluster.A.Name]),
        mistake(SettingsOf(Cluster.B)),
        shellTo(_nodes[Cluster.B.Name]),
        new HttpClusterRpc(_http, Cluster.RpcUri, Patience.Calls));

    public ValidatorPair SameDirection(ShellValidatorPair pair) => Active.Node == Cluster.A ? pair.FromAToB : pair.FromBToA;

    /// <summary>The names and targets of all links, and the names of all files, in the homes and ledgers but the ones that a validator writes all the time.</summary>
    public IReadOnlyList<string> Snapshot() =>
    [
        .. _nodes.Values
            .SelectMany(node => (string[])[node.Node.Home, node.Node.Ledger])
            .SelectMany(Directory.GetFileSystemEntries)
            .Where(path => !path.EndsWith(".new", StringComparison.Ordinal) && !path.EndsWith(".lock", StringComparison.Ordinal))
            .Select(path => $"{path} {new FileInfo(path).LinkTarget}")
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>
    /// Compares a result with the truth: who votes, by the chain; which identities run; where the links point; no refused vote, no slot with votes of
    /// both nodes, no lost tower; both nodes free for the next coordinator.
    /// </summary>
    public Task ShouldBeTrueAsync(FailoverResult result, ulong fromSlot, CancellationToken cancellationToken) =>
        ShouldBeTrueAsync(result.IdentityAt, result.ToString(), fromSlot, cancellationToken);

    /// <summary>The same, of what another result says.</summary>
    public async Task ShouldBeTrueAsync(IdentityLocation identityAt, string result, ulong fromSlot, CancellationToken cancellationToken)
    {
        identityAt.Should().BeOneOf([IdentityLocation.Source, IdentityLocation.Target], "the way was open: {0}", result);
        var voter = On(identityAt == IdentityLocation.Source ? NodeSide.Source : NodeSide.Target);
        var other = _nodes.Values.Single(node => node != voter);
        Active = voter;
        var chain = await SettleAsync(voter, fromSlot, cancellationToken);

        chain.DoubleVotes.Should().Be(0, "{0}", result);
        chain.RefusedVotes.Should().Be(0, "{0}", result);
        voter.LinkIs(IdentityRole.Staked).Should().BeTrue("it votes: {0}", result);
        other.LinkIs(IdentityRole.Unstaked).Should().BeTrue("it does not vote: {0}", result);
        (await voter.IdentityAsync(cancellationToken)).Should().Be(Cluster.StakedIdentity, "{0}", result);
        (await other.IdentityAsync(cancellationToken)).Should().Be(other.Node.UnstakedIdentity, "{0}", result);
        File.Exists(other.Node.StakedTower).Should().BeFalse("a tower that could be used by mistake is moved aside: {0}", result);
        (await voter.IsFreeAsync(cancellationToken)).Should().BeTrue("its lock is free: {0}", result);
        (await other.IsFreeAsync(cancellationToken)).Should().BeTrue("its lock is free: {0}", result);
    }

    private ValidatorNodeSettings SettingsOf(StandInNode node) =>
        _nodes[node.Name].Settings.With(it => it.TimeLimits = Patience.TimeLimits.With(limits => limits.SetIdentity = _setIdentityLimit));

    /// <summary>Waits until votes of a node land slot after slot.</summary>
    private async Task<ChainReport> SettleAsync(SceneNode voter, ulong fromSlot, CancellationToken cancellationToken)
    {
        const int calm = 4;
        var limit = await Cluster.GetSlotAsync(cancellationToken) + 40;
        while (true)
        {
            var now = await Cluster.GetSlotAsync(cancellationToken);
            await Cluster.WaitForSlotAsync(now + 2, cancellationToken);
            var report = await Cluster.GetChainReportAsync(fromSlot, cancellationToken);
            var newest = report.Slots.Where(slot => slot.HasBlock && slot.Slot + 2 <= report.LastSlot).TakeLast(calm).ToArray();
            if (newest.Length == calm && newest.All(slot => slot.HasLandedVote && slot.Votes.All(vote => vote.Node == voter.Node.Name)))
            {
                return report;
            }

            now.Should().BeLessThan(limit, "{0} votes, slot after slot; the newest are {1}", voter.Node.Name, string.Join(", ", newest.Select(slot => $"{slot.Slot}: {string.Join('+', slot.Votes.Select(vote => vote.Node))}")));
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_pair is not null)
        {
            await _pair.DisposeAsync();
        }

        foreach (var node in _nodes.Values)
        {
            await node.DisposeAsync();
        }

        if (Cluster is not null)
        {
            await Cluster.DisposeAsync();
        }

        _http.Dispose();
        _folder.Dispose();
    }
}
