using FluentAssertions;
using Tachyon.Failover.Contracts;
using Tachyon.Failover.Shells;
using Xunit;

namespace Tachyon.Failover.IntegrationTests.Switchovers;

/// <summary>The machine of the coordinator is lost or asleep in the gap: no node votes, and neither host learns that the other end is gone.</summary>
public sealed class CoordinatorGoneTests(SwitchoverScene scene) : IClassFixture<SwitchoverScene>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task H4_SwitchoverAsync_CoordinatorsMachineIsLostAfterTheSeal_AnotherRecoversAndTheFirstTouchesNothingWhenItWakesUp()
    {
        var start = await scene.Cluster.GetSlotAsync(Token);
        var (source, target) = (scene.Active, scene.Inactive);
        var isGone = new TaskCompletionSource();
        var journal = new HookedJournal(
            FailoverStep.PromoteTarget,
            () =>
            {
                source.Link.Stall();
                target.Link.Stall();
                isGone.SetResult();
            });
        var first = new FailoverCoordinator(SwitchoverScene.Options.With(it => { it.Journal = journal; it.RollbackTimeout = Patience.Limit * 2; })).SwitchoverAsync(scene.Pair, progress: null, Token);
        await isGone.Task.WaitAsync(Token);

        var shells = new List<IShell>();
        await using var others = scene.AnotherCoordinatorsPair(node =>
        {
            shells.Add(new SshNetShell(node.Login.With(it => { it.Port = node.Sshd.Port; it.HostKeys = HostKeyPolicy.KnownHosts(node.Sshd.KnownHostsFile); })));
            return shells[^1];
        });
        var refused = await RecoverAsync(others);
        refused.Outcome.Should().Be(RecoveryOutcome.Refused, "the first may yet live: {0}", refused);
        refused.ToString().Should().Contain("since ").And.Contain("kill -s KILL -- -");
        var recovered = refused;
        var began = TimeProvider.System.GetTimestamp();
        while (recovered.Outcome == RecoveryOutcome.Refused && TimeProvider.System.GetElapsedTime(began) < Patience.Limit)
        {
            recovered = await RecoverAsync(others);
        }

        recovered.Outcome.Should().Be(RecoveryOutcome.Recovered, "{0}", recovered);
        source.Link.Heal();
        target.Link.Heal();
        var woken = await first;

        woken.Outcome.Should().Be(FailoverOutcome.Indeterminate, "{0}", woken);
        woken.OperatorActions.Should().NotBeEmpty();
        await scene.ShouldBeTrueAsync(recovered.IdentityAt, recovered.ToString(), start, Token);
        foreach (var shell in shells)
        {
            await shell.DisposeAsync();
        }
    }

    private Task<RecoveryResult> RecoverAsync(ShellValidatorPair others) =>
        new FailoverCoordinator(SwitchoverScene.Options).RecoverAsync(scene.SameDirection(others), cancellationToken: Token);
}
