using System.Diagnostics;
using System.Runtime.Versioning;
using FluentAssertions;
using Tachyon.Failover.Benchmarks.Takeovers;
using Tachyon.Failover.Cluster;
using Tachyon.Failover.IntegrationTests.Switchovers;
using Tachyon.Failover.Journal;
using Tachyon.Failover.Nodes;
using Xunit;

namespace Tachyon.Failover.IntegrationTests.Takeovers;

/// <summary>The active validator hangs (SIGSTOP) on a node with a real sshd, and the node has some other trouble.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class HungSourceTests : IAsyncLifetime
{
    private readonly SwitchoverScene _scene = new();
    private readonly HttpClient _http = new();
    private FailoverCoordinator? _made;
    private Process? _bystander;

    private FailoverCoordinator Coordinator => _made ??= new(SwitchoverScene.Options.With(it => { it.RollbackTimeout = TimeSpan.FromSeconds(12); it.Journal = new FileFailoverJournal(_scene.Journal); }));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static TakeoverPolicy Policy => new() { CallTimeout = TimeSpan.FromSeconds(4) };

    public ValueTask InitializeAsync() => _scene.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        _bystander?.Kill(entireProcessTree: true);
        _bystander?.Dispose();
        if (_scene.Active.Node.IsRunning)
        {
            _scene.Active.Node.Wake();
        }

        await _scene.DisposeAsync();
        _http.Dispose();
    }

    /// <summary>Its process names the ledger by a path of its own, as in a container; the client's own command waits on the host.</summary>
    [Fact]
    public async Task F1_TakeoverAsync_ValidatorRunsUnderAPathOfItsOwnBesideABystander_IsNotCalledFenced()
    {
        var node = _scene.Active.Node;
        var ledger = Directory.CreateDirectory(Path.Combine(node.Folder, "seen-as")).FullName;
        File.CreateSymbolicLink(Path.Combine(ledger, "admin.rpc"), Path.Combine(node.Ledger, "admin.rpc"));
        _bystander = Process.Start(new ProcessStartInfo("sh", ["-c", "read -r _", "sh", "-l", ledger, "wait-for-restart-window", "--identity", $"{_scene.Cluster.StakedIdentity}"]) { RedirectStandardInput = true, UseShellExecute = false });
        await using var nodes = Nodes(_scene.Active.Settings.With(it => { it.Ledger = ledger; it.TowerFolder = node.Ledger; }));
        await SilentAsync();

        var result = await Coordinator.TakeoverAsync(nodes.FromAToB, Policy, cancellationToken: Token);

        result.Outcome.Should().NotBe(FailoverOutcome.Completed, "{0}", result);
        result.Evidence!.Grade.Should().Be(EvidenceGrade.None, "{0}", result);
        result.Steps.Single(step => step.StepCode == FailoverStep.StopSource).Result.IsDone.Should().BeFalse("{0}", result);
        _bystander!.HasExited.Should().BeFalse("it is no validator");
        node.IsRunning.Should().BeTrue();
        (await _scene.Inactive.IdentityAsync(Token)).Should().Be(_scene.Inactive.Node.UnstakedIdentity);
    }

    [Fact]
    public async Task F4_TakeoverAsync_StopCommandLeavesAProcessInTheBackground_Completes()
    {
        await using var nodes = Nodes(_scene.Active.Settings.With(static it =>
        {
            it.StopCommand = ["sh", "-c", "sleep 20 & echo started"];
            it.TimeLimits = new ValidatorTimeLimits { Stop = TimeSpan.FromSeconds(2) };
        }));
        await SilentAsync();

        var result = await Coordinator.TakeoverAsync(nodes.FromAToB, Policy, cancellationToken: Token);

        result.Outcome.Should().Be(FailoverOutcome.Completed, "{0}", result);
        result.Evidence!.Grade.Should().Be(EvidenceGrade.Fenced, "{0}", result);
        result.PendingDemotions.Should().BeEmpty("{0}", result);
    }

    [Fact]
    public async Task S4_TakeoverAsync_FirstReadOfTheLinkAfterTheStopIsSlow_CostsOneMoreProbe()
    {
        await using var nodes = Nodes(_scene.Active.Settings);
        var pair = nodes.FromAToB;
        var slow = new SlowAfterStop(pair.Source.Process!, pair.Source.Link, Policy.CallTimeout + TimeSpan.FromSeconds(1));
        pair = pair with { Source = pair.Source with { Process = slow, Link = slow } };
        await SilentAsync();

        var result = await Coordinator.TakeoverAsync(pair, Policy, cancellationToken: Token);

        result.Outcome.Should().Be(FailoverOutcome.Completed, "{0}", result);
        result.Evidence!.Grade.Should().Be(EvidenceGrade.Fenced, "{0}", result);
        slow.Reads.Should().Be(2);
    }

    [Fact]
    public async Task S3_SettleDebtAsync_ShellAnswersAgainAndTheValidatorHangs_LinkIsMovedWithinTheCall()
    {
        await using var stand = await TakeoverStand.SetAsync(seed: 3, TimeSpan.Zero, TakeoverRules.Hasty, Token);
        await stand.AwaitHealthAsync(Token);
        await stand.EndSshdAsync();
        stand.Lost.Freeze();
        await stand.AwaitLossAsync(Token);
        var asserted = Policy.With(static it => { it.MinimumGrade = EvidenceGrade.Asserted; it.OperatorStatement = "test"; it.Detection = TakeoverRules.Hasty.Silence; });
        var taken = await stand.Coordinator.TakeoverAsync(stand.Pair, asserted, stand.Watch, cancellationToken: Token);
        taken.Outcome.Should().Be(FailoverOutcome.Completed, "{0}", taken);
        taken.PendingDemotions.Should().NotBeEmpty();
        await stand.StartSshdAsync(Token);

        var settled = await stand.Coordinator.CompleteDemotionAsync(stand.Pair, cancellationToken: Token);

        stand.Lost.IsRunning.Should().BeFalse("it was stopped, after its link was moved: {0}", settled);
        new FileInfo(stand.Lost.IdentityLink).LinkTarget.Should().Be(stand.Lost.UnstakedKeypair, "{0}", settled);
        var steps = settled.Steps.Select(step => step.StepCode).ToList();
        steps.Should().Contain(FailoverStep.MoveOtherLink);
        steps.IndexOf(FailoverStep.MoveOtherLink).Should().BeLessThan(steps.IndexOf(FailoverStep.ProbeOther), "it is moved before the validator is asked: {0}", settled);
        $"{settled}".Should().NotContain("could not be moved");
        settled.PendingDemotions.Should().BeEmpty("{0}", settled);
    }

    /// <summary>The nodes, with other settings for the active one.</summary>
    private ShellValidatorPair Nodes(ValidatorNodeSettings active) => new(
        _scene.Cluster.StakedIdentity, active, _scene.Active.Shell, _scene.Inactive.Settings, _scene.Inactive.Shell, new HttpClusterRpc(_http, _scene.Cluster.RpcUri));

    /// <summary>Hangs the active validator, and waits until its votes no longer land.</summary>
    private async Task SilentAsync()
    {
        _scene.Active.Node.Freeze();
        await _scene.Cluster.WaitForSlotAsync(await _scene.Cluster.GetSlotAsync(Token) + 10, Token);
    }

    /// <summary>The first read of the link after a stop takes longer than a takeover waits for it.</summary>
    private sealed class SlowAfterStop(IValidatorProcess process, IIdentityLink link, TimeSpan slow) : IValidatorProcess, IIdentityLink
    {
        private bool _wasStopped;

        public int Reads { get; private set; }

        public TimeSpan LongestStop => process.LongestStop;

        public string CommandToStop => process.CommandToStop;

        public Task<CallResult> StopAsync(CancellationToken cancellationToken = default)
        {
            _wasStopped = true;
            return process.StopAsync(cancellationToken);
        }

        public Task<CallResult> VerifyStoppedAsync(CancellationToken cancellationToken = default) => process.VerifyStoppedAsync(cancellationToken);

        public async Task<CallResult<IdentityLinkTarget>> ReadAsync(CancellationToken cancellationToken = default)
        {
            if (_wasStopped && ++Reads == 1)
            {
                await Task.Delay(slow, TimeProvider.System, cancellationToken);
            }

            return await link.ReadAsync(cancellationToken);
        }

        public Task<CallResult> PointAtAsync(IdentityRole identity, CancellationToken cancellationToken = default) => link.PointAtAsync(identity, cancellationToken);

        public string CommandToPointAt(IdentityRole identity) => link.CommandToPointAt(identity);
    }
}
