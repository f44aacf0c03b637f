using FluentAssertions;
using Tachyon.Failover.Cluster;
using Tachyon.Failover.Nodes;
using Tachyon.Failover.Towers;
using Xunit;

namespace Tachyon.Failover.IntegrationTests.Switchovers;

/// <summary>The target ends, or restarts, after its promotion, over a real sshd: what the result says is so, and a recovery mends it.</summary>
public sealed class LastProbeTests(SwitchoverScene scene) : IClassFixture<SwitchoverScene>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task E1_TargetRestartsBetweenItsPromotionAndItsLink_IsNotCalledCompleted()
    {
        var start = await scene.Cluster.GetSlotAsync(Token);
        var target = scene.Inactive;
        var journal = new HookedJournal(FailoverStep.MoveTargetLink, () => target.Node.RestartAsync(Token));

        var result = await new FailoverCoordinator(SwitchoverScene.Options.With(it => it.Journal = journal)).SwitchoverAsync(scene.Pair, progress: null, Token);

        (result.Outcome, result.IdentityAt).Should().Be((FailoverOutcome.Indeterminate, IdentityLocation.Neither), "{0}", result);
        result.OperatorActions[0].Reason.Should().Contain("RecoverAsync");
        (await target.IdentityAsync(Token)).Should().Be(target.Node.UnstakedIdentity);
        await RecoverAsync(start, RecoveryOutcome.Recovered);
    }

    [Theory]
    [InlineData(300)]
    [InlineData(2300)]
    public async Task H6_TargetIsKilledShortlyAfterItsPromotion_IsNotCalledCompleted(int milliseconds)
    {
        var start = await scene.Cluster.GetSlotAsync(Token);
        var target = scene.Inactive;
        var given = scene.Pair;
        var host = new KilledAfterPromotion(given.Target.Host, async () =>
        {
            // Real time is the subject: how soon after its promotion the target ends.
            await Task.Delay(TimeSpan.FromMilliseconds(milliseconds), TimeProvider.System, Token);
            await target.Node.KillAsync();
        });

        var result = await new FailoverCoordinator(SwitchoverScene.Options).SwitchoverAsync(given with { Target = given.Target with { Host = host } }, progress: null, Token);

        await host.Killed;
        (result.Outcome, result.IdentityAt).Should().Be((FailoverOutcome.Indeterminate, IdentityLocation.Unknown), "its link may bring it back with either identity: {0}", result);
        result.Reason.Should().Contain("is not up now");
        result.OperatorActions[0].Reason.Should().Contain("RecoverAsync");
        await target.Node.RestartAsync(Token);

        // Its link was moved before: it comes up with the staked identity and its own tower.
        await RecoverAsync(start, RecoveryOutcome.NothingToDo);
    }

    private async Task RecoverAsync(ulong start, RecoveryOutcome expected)
    {
        var recovered = await new FailoverCoordinator(SwitchoverScene.Options).RecoverAsync(scene.Pair, progress: null, Token);

        recovered.Outcome.Should().Be(expected, "{0}", recovered);
        await scene.ShouldBeTrueAsync(recovered.IdentityAt, recovered.ToString(), start, Token);
    }

    private sealed class KilledAfterPromotion(IValidatorHost inner, Func<Task> kill) : IValidatorHost
    {
        public Task Killed { get; private set; } = Task.CompletedTask;

        public async Task<CallResult> SetIdentityAsync(IdentityRole identity, TowerFile? requiredTower, TimeSpan? within, CancellationToken cancellationToken = default)
        {
            var result = await inner.SetIdentityAsync(identity, requiredTower, within, cancellationToken);
            if (identity == IdentityRole.Staked && result.IsDone)
            {
                Killed = kill();
            }

            return result;
        }

        public Task<CallResult> AddAuthorizedVotersAsync(CancellationToken cancellationToken = default) => inner.AddAuthorizedVotersAsync(cancellationToken);

        public Task<CallResult> RemoveAllAuthorizedVotersAsync(CancellationToken cancellationToken = default) => inner.RemoveAllAuthorizedVotersAsync(cancellationToken);

        public Task<CallResult<ClusterNode>> GetContactInfoAsync(CancellationToken cancellationToken = default) => inner.GetContactInfoAsync(cancellationToken);

        public Task<CallResult<ValidatorInspection>> InspectAsync(CancellationToken cancellationToken = default) => inner.InspectAsync(cancellationToken);

        public string CommandFor(ValidatorCommand command) => inner.CommandFor(command);
    }
}
