using FluentAssertions;
using Tachyon.Failover.Cluster;
using Tachyon.Failover.Nodes;
using Tachyon.Failover.Runs;
using Tachyon.Failover.Testing.Simulation;
using Xunit;

namespace Tachyon.Failover.Tests.Takeover;

/// <summary>A validator that hangs, on a machine that is about to be lost and answers late, or not to everything.</summary>
public sealed class SlowSourceTests
{
    private readonly SimulatedPair _pair = new(11);
    private int _linkReads;
    private bool _wasStopped;

    public SlowSourceTests()
    {
        _pair.Pass(TimeSpan.FromSeconds(20));
        _pair.A.StopValidator(TimeSpan.FromHours(1));
    }

    [Fact]
    public void S4_TakeoverAsync_OneSlowReadOfTheLinkAfterTheStop_CostsOneMoreProbe()
    {
        var result = TakeOver(WithLink(read: 1, slow: TimeSpan.FromSeconds(3)));

        result.Outcome.Should().Be(FailoverOutcome.Completed, "{0}\n{1}", result, result.ToTrace());
        result.Evidence!.Grade.Should().Be(EvidenceGrade.Fenced);
        result.PendingDemotions.Should().BeEmpty();
        _linkReads.Should().Be(2, "one look more");
        _pair.Judge.ThrowIfBroken(result);
    }

    [Fact]
    public void S4_TakeoverAsync_LinkIsNeverReadAfterTheStop_IsLeftStoppedAndNotPutBackToStaked()
    {
        var result = TakeOver(WithLink(read: int.MaxValue, slow: TimeSpan.FromHours(1)));

        result.Outcome.Should().Be(FailoverOutcome.Indeterminate, "{0}\n{1}", result, result.ToTrace());
        result.Steps.Should().NotContain(step => step.StepCode == FailoverStep.MoveKeeperLink);
        _pair.A.Link.Should().Be(IdentityRole.Unstaked, "with its link on the staked keypair its next start would bring it back");
        _pair.B.RunsStaked.Should().BeFalse("no look has shown that the other one is fenced");
    }

    [Fact]
    public void F4_TakeoverAsync_StopOfWhichNothingCame_IsFollowedByAProbe()
    {
        var looks = 0;
        var result = TakeOver(WithProcess(
            (nameof(IValidatorProcess.StopAsync), call => Lost((Task<CallResult>)call()!)),
            (nameof(IValidatorProcess.VerifyStoppedAsync), _ => Probe())));

        result.Outcome.Should().Be(FailoverOutcome.Completed, "{0}\n{1}", result, result.ToTrace());
        result.Evidence!.Grade.Should().Be(EvidenceGrade.Fenced);
        result.Steps.Single(step => step.StepCode == FailoverStep.StopSource).Result.IsDone.Should().BeTrue();
        result.PendingDemotions.Should().BeEmpty();
        looks.Should().Be(1);

        Task<CallResult> Probe()
        {
            looks++;
            return Task.FromResult(CallResult.Done("none runs"));
        }

        async Task<CallResult> Lost(Task<CallResult> call)
        {
            await call;
            return CallResult.Unknown(CallFailure.TimedOut, "no answer within 13 s");
        }
    }

    /// <summary>Permission, wrong path, missing file, timeout, refused.</summary>
    public static TheoryData<CallFailure> Failures =>
        [CallFailure.PermissionDenied, CallFailure.NotALink, CallFailure.ValidatorNotRunning, CallFailure.TimedOut, CallFailure.Refused, CallFailure.Unrecognized, CallFailure.ProgramMissing];

    [Theory]
    [MemberData(nameof(Failures))]
    public void F1_TakeoverAsync_StopAndProbeFail_IsNoEvidence(CallFailure failure)
    {
        var result = TakeOver(WithProcess(
            (nameof(IValidatorProcess.StopAsync), _ => Task.FromResult(CallResult.Unknown(failure))),
            (nameof(IValidatorProcess.VerifyStoppedAsync), _ => Task.FromResult(CallResult.Unknown(failure)))));

        result.Outcome.Should().NotBe(FailoverOutcome.Completed, "{0}\n{1}", result, result.ToTrace());
        result.Evidence!.Grade.Should().Be(EvidenceGrade.None);
        _pair.B.RunsStaked.Should().BeFalse();
    }

    /// <summary>Every look at a healthy node fails in one way, and its votes land.</summary>
    [Theory]
    [MemberData(nameof(Failures))]
    public void H7_WeighAsync_EveryProbeOfTheNodeFails_IsNoEvidenceOfAnyGrade(CallFailure failure)
    {
        var world = new SimulatedPair(11);
        world.Pass(TimeSpan.FromSeconds(20));
        var pair = world.FromAToB;
        pair = pair with
        {
            Source = pair.Source with
            {
                Host = Meddler.Of(pair.Source.Host, (nameof(IValidatorHost.GetContactInfoAsync), _ => Task.FromResult<CallResult<ClusterNode>>(CallResult.NotDone(failure)))),
                Link = Meddler.Of(pair.Source.Link, (nameof(IIdentityLink.ReadAsync), _ => Task.FromResult<CallResult<IdentityLinkTarget>>(CallResult.NotDone(failure)))),
            },
        };

        foreach (var policy in (TakeoverPolicy[])[new(), new() { MinimumGrade = EvidenceGrade.Observed }, new() { MinimumGrade = EvidenceGrade.Observed, Guard = new GuardTimings() }])
        {
            var evidence = world.Run(() => new FailoverCoordinator(timeProvider: world.Time).AssessEvidenceAsync(pair, policy))!;

            evidence.Grade.Should().Be(EvidenceGrade.None, "{0}", evidence);
        }
    }

    /// <summary>A validator that has just been started has read its link, and serves no socket yet.</summary>
    [Theory]
    [InlineData(EvidenceGrade.Observed, true)]
    [InlineData(EvidenceGrade.Fenced, false)]
    public void H12_6_ProbeAsync_NobodyOnTheSocketAndAProcessIsThere_MayRunTheStakedIdentity(EvidenceGrade least, bool expected)
    {
        var pair = WithProcess((nameof(IValidatorProcess.VerifyStoppedAsync), _ => Task.FromResult(CallResult.NotDone(CallFailure.Refused, "process 12"))));
        var silent = Meddler.Of(pair.Source.Host, (nameof(IValidatorHost.GetContactInfoAsync), _ => Task.FromResult<CallResult<ClusterNode>>(CallResult.NotDone(CallFailure.ValidatorNotRunning))));
        var lost = new LostNode(pair with { Source = pair.Source with { Host = silent } }, new TakeoverPolicy { MinimumGrade = least }, TimeSpan.FromMilliseconds(30), _pair.Time);

        _pair.Run(async () =>
        {
            await lost.ProbeAsync(isPatient: false);
            return "looked";
        });

        lost.Reach.MayRunStaked.Should().Be(expected, "a node that is to be fenced is stopped for it");
    }

    [Fact]
    public void C14_TakeoverAsync_StopTakesJustUnderItsParts_IsNotCutOff()
    {
        var result = TakeOver(WithProcess(
            ("get_LongestStop", _ => TimeSpan.FromMinutes(4)),
            (nameof(IValidatorProcess.StopAsync), call => LateAsync<CallResult>(call, TimeSpan.FromMinutes(4) - TimeSpan.FromSeconds(1)))));

        result.Outcome.Should().Be(FailoverOutcome.Completed, "{0}\n{1}", result, result.ToTrace());
        result.Evidence!.Grade.Should().Be(EvidenceGrade.Fenced);
    }

    [Fact]
    public void H11_HasVotedItsLast_MachineStartedAnewInTheSilence_IsNotSaid()
    {
        var stayedUp = Stop(_pair.FromAToB);
        HasVotedItsLast(stayedUp, TimeSpan.FromHours(1)).Should().BeTrue();

        _pair.A.Crash(TimeSpan.FromSeconds(10));
        _pair.Pass(TimeSpan.FromSeconds(20));
        var startedAnew = Stop(_pair.FromAToB);
        HasVotedItsLast(startedAnew, TimeSpan.FromMinutes(1)).Should().BeFalse("its last votes may not have been on the disk");
        HasVotedItsLast(startedAnew, TimeSpan.FromSeconds(1)).Should().BeTrue("they were cast since");
    }

    private bool HasVotedItsLast(LostNode lost, TimeSpan silence) => _pair.Run(async () => (object)await lost.HasVotedItsLastAsync(silence)) is true;

    private LostNode Stop(ValidatorPair pair)
    {
        var lost = new LostNode(pair, new TakeoverPolicy(), TimeSpan.FromMilliseconds(30), _pair.Time);
        _pair.Run(lost.MoveLinkAsync)!.IsDone.Should().BeTrue();
        _pair.Run(lost.StopAsync)!.IsDone.Should().BeTrue();
        return lost;
    }

    private FailoverResult TakeOver(ValidatorPair pair) => _pair.Run(
        () => new FailoverCoordinator(new FailoverOptions { Journal = _pair.Journal, RollbackTimeout = TimeSpan.FromSeconds(30) }, timeProvider: _pair.Time).TakeoverAsync(pair))!;

    private ValidatorPair WithProcess(params (string Call, Func<Func<object?>, object?> Instead)[] instead)
    {
        var pair = _pair.FromAToB;
        return pair with { Source = pair.Source with { Process = Meddler.Of(pair.Source.Process!, instead) } };
    }

    /// <summary>The first reads of the link after the stop take long.</summary>
    private ValidatorPair WithLink(int read, TimeSpan slow)
    {
        var pair = WithProcess((nameof(IValidatorProcess.StopAsync), call =>
        {
            _wasStopped = true;
            return call();
        }));
        return pair with
        {
            Source = pair.Source with
            {
                Link = Meddler.Of(pair.Source.Link, (nameof(IIdentityLink.ReadAsync), call => _wasStopped && ++_linkReads <= read ? LateAsync<CallResult<IdentityLinkTarget>>(call, slow) : call())),
            },
        };
    }

    private async Task<T> LateAsync<T>(Func<object?> call, TimeSpan late)
    {
        await Task.Delay(late, _pair.Time, CancellationToken.None);
        return await (Task<T>)call()!;
    }
}
