using FluentAssertions;
using Tachyon.Failover.Cluster;
using Tachyon.Failover.Contracts;
using Tachyon.Failover.IntegrationTests.Switchovers;
using Tachyon.Failover.Nodes;
using Tachyon.Failover.Shells;
using Tachyon.Failover.Testing.StandIns;
using Xunit;

namespace Tachyon.Failover.IntegrationTests.Nodes;

/// <summary>Everything that is done on a node is done as the user that its settings name.</summary>
public sealed class RunAsTests : IAsyncLifetime
{
    private const string User = "sol";

    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _http = new();
    private StandInCluster? _cluster;
    private FakeSudo _sudo = null!;
    private LocalShell _shell = null!;
    private ShellValidatorPair _pair = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _cluster = await StandInCluster.StartAsync(new StandInClusterOptions { Folder = _folder.Path, TimeLimit = Patience.Limit, Seed = 5, LeaderShare = 0 }, Token);
        _sudo = new FakeSudo(_folder, _cluster.Program);
        _shell = new LocalShell(environment: _sudo.Environment);
        _pair = new ShellValidatorPair(
            _cluster.StakedIdentity, Settings(_cluster.A), _shell, Settings(_cluster.B), _shell, new HttpClusterRpc(_http, _cluster.RpcUri, Patience.Calls));
    }

    private ValidatorPair Pair => _pair.FromAToB;

    [Fact]
    public async Task SwitchoverAsync_RunAs_DoesEverythingAsThatUser()
    {
        var result = await new FailoverCoordinator(SwitchoverScene.Options).SwitchoverAsync(Pair, progress: null, Token);
        await _pair.DisposeAsync();

        result.Outcome.Should().Be(FailoverOutcome.Completed, "{0}", result);
        _sudo.Calls.Should().NotBeEmpty();
        _sudo.Calls.Should().OnlyContain(call => call == $"7 -n -u {User} -- sh -c");
        _sudo.ToolsRun.Where(line => !line.StartsWith($"{User} ", StringComparison.Ordinal)).Should().BeEmpty();
        foreach (var part in (string[])
            ["set-identity --require-tower", "authorized-voter remove-all", "authorized-voter add", "contact-info", "flock -w", "ln -sfn", "tail -c", "base64 -d", "sha256sum"])
        {
            _sudo.ToolsRun.Should().Contain(line => line.Contains(part, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task EveryCall_SudoRefuses_IsNotDoneInItsWords()
    {
        _sudo.Refuse();
        var pair = Pair;
        var node = pair.Source;
        var tower = SampleTowers.Three[0];

        CallResult[] calls =
        [
            await node.Host.SetIdentityAsync(IdentityRole.Unstaked, requiredTower: null, within: null, Token),
            await node.Host.SetIdentityAsync(IdentityRole.Staked, tower, within: null, Token),
            await node.Host.AddAuthorizedVotersAsync(Token),
            await node.Host.RemoveAllAuthorizedVotersAsync(Token),
            (await node.Host.GetContactInfoAsync(Token)).Call,
            (await node.Host.InspectAsync(Token)).Call,
            (await node.Link.ReadAsync(Token)).Call,
            await node.Link.PointAtAsync(IdentityRole.Unstaked, Token),
            await node.Lock.AcquireAsync("me", Token),
            (await pair.Towers.ReadAsync(NodeSide.Source, TimeSpan.Zero, Token)).Call,
            await pair.Towers.AwaitVoteAsync(TimeSpan.Zero, sinceLastWait: false, Token),
            await pair.Towers.DeliverAsync(tower, trial: false, Token),
            await pair.Towers.MoveAsideAsync(NodeSide.Source, Token),
        ];

        calls.Should().OnlyContain(call => call.Outcome == CallOutcome.NotDone && call.Detail!.Contains("sudo: a password is required"));
        (await pair.Towers.StreamAsync(NodeSide.Source, Token).GetAsyncEnumerator(Token).MoveNextAsync()).Should().BeFalse();
        _sudo.ToolsRun.Should().BeEmpty();
    }

    [Fact]
    public async Task SwitchoverAsync_SudoRefuses_IsRefusedAndNothingIsTouched()
    {
        _sudo.Refuse();

        var result = await new FailoverCoordinator(SwitchoverScene.Options).SwitchoverAsync(_pair.FromAToB, progress: null, Token);

        result.Outcome.Should().Be(FailoverOutcome.Refused);
        result.ToString().Should().Contain("sudo: a password is required");
    }

    [Fact]
    public void Commands_ForPeople_NameTheUser()
    {
        var node = _pair.FromAToB.Source;
        string[] commands = [.. Enum.GetValues<ValidatorCommand>().SelectMany(command => node.Host.CommandFor(command).Split(" ; ")), node.Link.CommandToPointAt(IdentityRole.Staked)];

        commands.Should().OnlyContain(command => command.StartsWith($"sudo -u '{User}' -- ", StringComparison.Ordinal));
    }

    public async ValueTask DisposeAsync()
    {
        await _pair.DisposeAsync();
        await _shell.DisposeAsync();
        if (_cluster is not null)
        {
            await _cluster.DisposeAsync();
        }

        _http.Dispose();
        _folder.Dispose();
    }

    private ValidatorNodeSettings Settings(StandInNode node) =>
        Patience.With(node.Settings).With(it => { it.Program = _sudo.Program; it.AuthorizedVoters = [node.StakedKeypair, node.StakedKeypair]; it.RunAs = User; });
}
