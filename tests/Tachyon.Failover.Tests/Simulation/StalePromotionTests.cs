using FluentAssertions;
using Tachyon.Failover.Nodes;
using Tachyon.Failover.Testing.Simulation;
using Tachyon.Failover.Tests.Recovery;
using Tachyon.Failover.Towers;
using Xunit;

namespace Tachyon.Failover.Tests.Simulation;

/// <summary>The source is sealed, and the promotion comes so late that an operator has restored the source's vote by hand.</summary>
public sealed class StalePromotionTests
{
    private static readonly TimeSpan Late = TimeSpan.FromMinutes(10);

    private readonly SimulatedPair _pair = new(8);

    [Fact]
    public void H3_PromotionIsHeldUpOnItsWay_IsTooLateAndOneVotes()
    {
        var given = _pair.FromAToB;
        given = given with { Target = given.Target with { Host = new HeldUp(given.Target.Host, _pair, RestoredByHand) } };

        var result = _pair.Run(() => new FailoverCoordinator(new FailoverOptions { MinimumIdle = null }, timeProvider: _pair.Time).SwitchoverAsync(given))!;

        ShouldHaveComeTooLate(result);
    }

    /// <summary>A lid, or a paused virtual machine: the timers of the coordinator stop as well, and its wall clock shows it after the pause.</summary>
    [Fact]
    public void H3_CoordinatorStandsStillBetweenSealAndPromotion_IsTooLateAndOneVotes()
    {
        var clock = new StandingTime(_pair.Time);
        var journal = new StoryJournal(FailoverStep.DeliverTower, _ =>
        {
            clock.StandStill(Late);
            RestoredByHand();
        });

        var result = _pair.Run(() => new FailoverCoordinator(new FailoverOptions { MinimumIdle = null, Journal = new Delayed(journal, clock) }, timeProvider: clock).SwitchoverAsync(_pair.FromAToB))!;

        ShouldHaveComeTooLate(result);
    }

    private void ShouldHaveComeTooLate(FailoverResult result)
    {
        result.Steps.Single(step => step.StepCode == FailoverStep.PromoteTarget).Result.Failure.Should().Be(CallFailure.Expired);
        result.Outcome.Should().Be(FailoverOutcome.RolledBack, "{0}", result);
        _pair.Judge.ThrowIfBroken(result);
        _pair.Pass(TimeSpan.FromSeconds(10));
        (_pair.A.CanVote, _pair.B.CanVote).Should().Be((true, false));
        _pair.Judge.ThrowIfBroken();
    }

    private void RestoredByHand() => _pair.After(TimeSpan.FromMinutes(2), () =>
    {
        _pair.A.Process!.AddAuthorizedVoter(_pair.A.Staked);
        _pair.A.Process!.SetIdentity(_pair.A.Staked, requireTower: true, _ => _pair.A.Changed());
    });

    private sealed class HeldUp(IValidatorHost inner, SimulatedPair pair, Action meanwhile) : HostWrapper(inner)
    {
        public override async Task<CallResult> SetIdentityAsync(IdentityRole identity, TowerFile? requiredTower, TimeSpan? within, CancellationToken cancellationToken = default)
        {
            if (identity != IdentityRole.Staked)
            {
                return await Inner.SetIdentityAsync(identity, requiredTower, within, cancellationToken);
            }

            meanwhile();
            await Task.Delay(Late, pair.Time, CancellationToken.None);
            return await Inner.SetIdentityAsync(identity, requiredTower, within - Late, cancellationToken);
        }
    }

    /// <summary>A write that ends when its program runs again.</summary>
    private sealed class Delayed(StoryJournal inner, StandingTime clock) : Tachyon.Failover.Journal.IFailoverJournal
    {
        public bool OutlivesProcess => inner.OutlivesProcess;

        public async Task AppendAsync(IReadOnlyList<string> lines, CancellationToken cancellationToken = default)
        {
            await inner.AppendAsync(lines, cancellationToken);
            await clock.RunsAgainAsync();
        }

        public IAsyncEnumerable<string> ReadAsync(CancellationToken cancellationToken = default) => inner.ReadAsync(cancellationToken);
    }
}
