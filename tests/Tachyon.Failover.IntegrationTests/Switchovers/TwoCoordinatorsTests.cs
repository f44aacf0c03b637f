using FluentAssertions;
using Tachyon.Failover.Nodes;
using Tachyon.Failover.Towers;
using Xunit;

namespace Tachyon.Failover.IntegrationTests.Switchovers;

/// <summary>Two at work on one pair, and parts that do what they should not.</summary>
public sealed class TwoCoordinatorsTests(SwitchoverScene scene) : IClassFixture<SwitchoverScene>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SwitchoverAsync_TwiceAtOnceOverOnePair_OneIsRefusedAndLeavesTheOthersLocks()
    {
        var start = await scene.Cluster.GetSlotAsync(Token);
        var pair = scene.Pair;
        var coordinator = new FailoverCoordinator(SwitchoverScene.Options);

        var results = await Task.WhenAll(coordinator.SwitchoverAsync(pair, progress: null, Token), coordinator.SwitchoverAsync(pair, progress: null, Token));

        results.Select(result => result.Outcome).Should().BeEquivalentTo([FailoverOutcome.Completed, FailoverOutcome.Refused], "{0} {1}", results[0], results[1]);
        await scene.ShouldBeTrueAsync(results.Single(result => result.Outcome == FailoverOutcome.Completed), start, Token);
    }

    [Fact]
    public async Task SwitchoverAsync_AnotherSwitchedWhileTheConnectionsWereLost_StopsAndTouchesNothing()
    {
        var start = await scene.Cluster.GetSlotAsync(Token);
        var (source, target) = (scene.Active, scene.Inactive);
        await using var others = scene.AnotherCoordinatorsPair();
        var theirs = scene.SameDirection(others);
        FailoverResult? other = null;
        var journal = new HookedJournal(
            FailoverStep.MoveSourceLink,
            async () =>
            {
                source.Link.Cut();
                target.Link.Cut();
                (await source.IsFreeAsync(Token)).Should().BeTrue();
                (await target.IsFreeAsync(Token)).Should().BeTrue();
                other = await new FailoverCoordinator(SwitchoverScene.Options).SwitchoverAsync(theirs, progress: null, Token);
            });

        var result = await new FailoverCoordinator(SwitchoverScene.Options.With(it => { it.Journal = journal; it.JournalTimeout = TimeSpan.FromMinutes(1); it.RollbackTimeout = TimeSpan.FromMinutes(2); }))
            .SwitchoverAsync(scene.Pair, progress: null, Token);

        other!.Outcome.Should().Be(FailoverOutcome.Completed, "{0}", other);
        result.Outcome.Should().Be(FailoverOutcome.Indeterminate, "{0}", result);
        result.IdentityAt.Should().BeOneOf([IdentityLocation.Target, IdentityLocation.Unknown], "it has looked, or was told that its lock is gone: {0}", result);
        result.Steps.Should().NotContain(step => step.StepCode == FailoverStep.MoveKeeperLink && step.Result.IsDone);
        result.OperatorActions.Should().NotBeEmpty();
        await scene.ShouldBeTrueAsync(other, start, Token);
    }

    [Fact]
    public async Task SwitchoverAsync_APartThrowsInTheGap_IsUndone()
    {
        var start = await scene.Cluster.GetSlotAsync(Token);
        var pair = scene.Pair;

        var result = await new FailoverCoordinator(SwitchoverScene.Options).SwitchoverAsync(pair with { Towers = new ThrowingTransport(pair.Towers) }, progress: null, Token);

        result.Outcome.Should().Be(FailoverOutcome.RolledBack, "{0}", result);
        result.Reason.Should().Contain("a part's own trouble");
        await scene.ShouldBeTrueAsync(result, start, Token);
    }

    private sealed class ThrowingTransport(ITowerTransport inner) : ITowerTransport
    {
        public bool IsOrderedWithHost => inner.IsOrderedWithHost;

        public IAsyncEnumerable<TowerFile> StreamAsync(NodeSide node, CancellationToken cancellationToken = default) => inner.StreamAsync(node, cancellationToken);

        public Task<CallResult> AwaitVoteAsync(TimeSpan silence, bool sinceLastWait, CancellationToken cancellationToken = default) =>
            inner.AwaitVoteAsync(silence, sinceLastWait, cancellationToken);

        public Task<CallResult<TowerFile>> ReadAsync(NodeSide node, TimeSpan drain, CancellationToken cancellationToken = default) =>
            drain > TimeSpan.Zero ? throw new InvalidOperationException("a part's own trouble") : inner.ReadAsync(node, drain, cancellationToken);

        public Task<CallResult> DeliverAsync(TowerFile tower, bool trial, CancellationToken cancellationToken = default) => inner.DeliverAsync(tower, trial, cancellationToken);

        public Task<CallResult> MoveAsideAsync(NodeSide node, CancellationToken cancellationToken = default) => inner.MoveAsideAsync(node, cancellationToken);
    }
}
