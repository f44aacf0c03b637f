using FluentAssertions;
using Tachyon.Failover.Nodes;
using Tachyon.Failover.Testing.Simulation;
using Tachyon.Failover.Towers;
using Xunit;

namespace Tachyon.Failover.Tests.Simulation;

/// <summary>The source is slow, or gone, after the promotion: that does not shorten the wait for the target's votes.</summary>
public sealed class SlowSourceTests
{
    [Fact]
    public void C7_SourceIsGoneAfterThePromotion_IsCompletedWithTheGap()
    {
        var pair = new SimulatedPair(11);
        var given = pair.FromAToB;
        given = given with { Towers = new SlowSourceAfterDelivery(given.Towers, pair.Time) };

        var result = pair.Run(() => new FailoverCoordinator(new FailoverOptions { MinimumIdle = null }, timeProvider: pair.Time).SwitchoverAsync(given))!;

        result.Outcome.Should().Be(FailoverOutcome.Completed, "{0}", result);
        result.Gap.Should().NotBeNull();
        result.Notes.Should().Contain(note => note.Code == NoteCodes.TowerNotReadAgain);
        pair.Judge.ThrowIfBroken(result);
    }

    private sealed class SlowSourceAfterDelivery(ITowerTransport inner, TimeProvider time) : ITowerTransport
    {
        private bool _isDelivered;

        public bool IsOrderedWithHost => inner.IsOrderedWithHost;

        public IAsyncEnumerable<TowerFile> StreamAsync(NodeSide node, CancellationToken cancellationToken = default) => inner.StreamAsync(node, cancellationToken);

        public Task<CallResult> AwaitVoteAsync(TimeSpan silence, bool sinceLastWait, CancellationToken cancellationToken = default) => inner.AwaitVoteAsync(silence, sinceLastWait, cancellationToken);

        public async Task<CallResult<TowerFile>> ReadAsync(NodeSide node, TimeSpan drain, CancellationToken cancellationToken = default)
        {
            if (_isDelivered && node == NodeSide.Source)
            {
                await Task.Delay(TimeSpan.FromSeconds(31), time, CancellationToken.None);
                return CallResult.NotDone(CallFailure.Unreachable, "the source's network is gone");
            }

            return await inner.ReadAsync(node, drain, cancellationToken);
        }

        public Task<CallResult> DeliverAsync(TowerFile tower, bool trial, CancellationToken cancellationToken = default)
        {
            _isDelivered |= !trial;
            return inner.DeliverAsync(tower, trial, cancellationToken);
        }

        public Task<CallResult> MoveAsideAsync(NodeSide node, CancellationToken cancellationToken = default) => inner.MoveAsideAsync(node, cancellationToken);
    }
}
