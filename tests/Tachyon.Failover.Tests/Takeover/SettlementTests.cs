using FluentAssertions;
using Tachyon.Failover.Cluster;
using Tachyon.Failover.Decisions;
using Tachyon.Failover.Nodes;
using Tachyon.Failover.Runs;
using Tachyon.Failover.Testing.Simulation;
using Xunit;

namespace Tachyon.Failover.Tests.Takeover;

/// <summary>A lost node that is reachable again, and whose validator hangs.</summary>
public sealed class SettlementTests
{
    private readonly SimulatedPair _pair = new(11);
    private readonly FailoverCoordinator _coordinator;
    private readonly List<string> _calls = [];

    public SettlementTests() => _coordinator = new FailoverCoordinator(new FailoverOptions { Journal = _pair.Journal, MinimumIdle = null }, timeProvider: _pair.Time);

    [Fact]
    public void S3_SettleDebtAsync_ValidatorHangs_LinkIsMovedBeforeItIsAskedAnythingAndItIsStopped()
    {
        TakeOverFromADeadNode();
        while (!_pair.A.IsUp)
        {
            _pair.Pass(TimeSpan.FromSeconds(1));
        }

        var result = _pair.Run(() => _coordinator.CompleteDemotionAsync(HungSource()))!;

        _calls.Should().StartWith("link").And.Contain("validator", "it is asked after that");
        _pair.A.Link.Should().Be(IdentityRole.Unstaked);
        result.Steps.Should().Contain(step => step.StepCode == FailoverStep.StopOther && step.Result.IsDone, "{0}", result);
        result.PendingDemotions.Should().BeEmpty("{0}", result);
        _pair.Run(() => _coordinator.GetPendingDemotionsAsync(_pair.FromAToB))!.Should().BeEmpty();
    }

    [Fact]
    public void C14_SettleDebtAsync_StopTakesJustUnderItsParts_IsNotCutOff()
    {
        TakeOverFromADeadNode();
        while (!_pair.A.IsUp)
        {
            _pair.Pass(TimeSpan.FromSeconds(1));
        }

        var hung = HungSource();
        var slow = TimeSpan.FromMinutes(3);
        hung = hung with
        {
            Source = hung.Source with
            {
                Process = Meddler.Of(
                    hung.Source.Process!,
                    ("get_LongestStop", _ => slow),
                    (nameof(IValidatorProcess.StopAsync), call => LateAsync(slow - TimeSpan.FromSeconds(1), () => (Task<CallResult>)call()!))),
            },
        };

        _pair.Run(() => _coordinator.CompleteDemotionAsync(hung))!.PendingDemotions.Should().BeEmpty();
    }

    [Fact]
    public void H1_TakeoverAsync_LinkWasNotMoved_NamesWhatItsNextStartWouldDo()
    {
        var result = TakeOverFromADeadNode();

        result.PendingDemotions.Should().Contain(owed => owed.Text.Contains("the one on b exits", StringComparison.Ordinal) && owed.Text.Contains("switch its autostart off", StringComparison.Ordinal));
        result.OperatorActions[0].Reason.Should().Be(result.PendingDemotions[0].Text, "it comes first");
        result.ToString().Should().Contain("before it boots");
    }

    /// <summary>The text says "could not be moved" only after a try.</summary>
    [Theory]
    [InlineData(true, "could not be moved")]
    [InlineData(false, "was not moved, and this run did not try")]
    public void S3_FollowUps_LinkOfTheOtherIsStaked_SaysWhetherItWasTried(bool wasTried, string words)
    {
        var state = RunState.StartOfRecovery with { TargetLink = IdentityRole.Staked, Tried = wasTried ? [FailoverStep.MoveOtherLink] : [] };

        RunTasks.OfWayBack(state, _pair.FromAToB.Names()).Should().ContainSingle(todo => todo.Reason.Contains(words, StringComparison.Ordinal));
    }

    [Fact]
    public void C14_ForSettling_EveryLimitAtItsLeastAndItsMost_KeepsTheRelations()
    {
        var kept = 0;
        foreach (var resolve in (double[])[10, 15, 30, 120, 3600])
        {
            foreach (var journal in (double[])[0.1, 5, 60])
            {
                foreach (var pause in (double[])[0.01, 0.5, 60])
                {
                    var options = new FailoverOptions { RollbackTimeout = TimeSpan.FromSeconds(resolve), JournalTimeout = TimeSpan.FromSeconds(journal), RetryDelay = TimeSpan.FromSeconds(pause) };
                    if (options.Validate().Count == 0)
                    {
                        options.ForCompletion.Validate().Should().BeEmpty();
                        options.ForCompletion.RollbackTimeout.Should().BeLessThanOrEqualTo(options.RollbackTimeout);
                        kept++;
                    }
                }
            }
        }

        kept.Should().BePositive("some of them are valid");
    }

    /// <summary>Its shell answers, and its validator does not: each question to the validator takes its whole limit.</summary>
    private ValidatorPair HungSource()
    {
        var pair = _pair.FromAToB;
        return pair with
        {
            Source = pair.Source with
            {
                Host = Meddler.Of(pair.Source.Host, (nameof(IValidatorHost.GetContactInfoAsync), _ => HangsAsync<CallResult<ClusterNode>>(CallResult.Unknown(CallFailure.TimedOut)))),
                Link = Meddler.Of(pair.Source.Link, (nameof(IIdentityLink.PointAtAsync), call => Noted("link", call))),
                Rpc = Meddler.Of(pair.Source.Rpc, (nameof(IClusterRpc.GetIdentityAsync), _ => LateAsync(TimeSpan.FromSeconds(5), () => Task.FromException<Pubkey>(new IOException("no answer"))))),
            },
        };
    }

    private Task<T> HangsAsync<T>(T answer) => (Task<T>)Noted("validator", () => LateAsync(TimeSpan.FromSeconds(8), () => Task.FromResult(answer)))!;

    private object? Noted(string what, Func<object?> call)
    {
        _calls.Add(what);
        return call();
    }

    private async Task<T> LateAsync<T>(TimeSpan late, Func<Task<T>> call)
    {
        await Task.Delay(late, _pair.Time, CancellationToken.None);
        return await call();
    }

    private FailoverResult TakeOverFromADeadNode()
    {
        _pair.Pass(TimeSpan.FromSeconds(20));
        _pair.A.Crash(TimeSpan.FromMinutes(10));
        _pair.Pass(TimeSpan.FromSeconds(20));
        var policy = new TakeoverPolicy { MinimumGrade = EvidenceGrade.Asserted, OperatorStatement = "its machine is off", Tower = TakeoverTower.FromChain };
        var result = _pair.Run(() => _coordinator.TakeoverAsync(_pair.FromAToB, policy))!;
        result.Outcome.Should().Be(FailoverOutcome.Completed, result.ToString());
        return result;
    }
}
