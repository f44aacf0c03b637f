using System.Net;
using FluentAssertions;
using Tachyon.Failover.Cluster;
using Tachyon.Failover.Journal;
using Xunit;

namespace Tachyon.Failover.Tests.Monitoring;

/// <summary>The verdicts of a running watch with three witnesses, of which the first is the cluster's gateway.</summary>
public sealed class ValidatorWatchTests : IDisposable
{
    private readonly WatchScene _scene = new();

    public void Dispose() => _scene.Dispose();

    [Fact]
    public void RunAsync_VotesLand_IsHealthyAtEveryProbeAndAsksForOneAccountOnly()
    {
        _scene.Start();
        _scene.Pass(60);

        _scene.Verdicts.Should().HaveCountGreaterThan(55).And.OnlyContain(verdict => verdict.State == MonitorState.Healthy);
        _scene.Cluster.AskedFor[0].Should().BeNull();
        _scene.Cluster.AskedFor.Skip(1).Should().NotContainNulls("all accounts of a cluster are a megabyte");
    }

    [Theory]
    [InlineData(ScriptedAnswer.Refused)]
    [InlineData(ScriptedAnswer.Hangs)]
    public void RunAsync_OneRpcFails_IsHealthyAndLosesALostOne(ScriptedAnswer answer)
    {
        _scene.Start();
        _scene.Cluster.Answer = answer;
        _scene.Pass(60).Should().OnlyContain(verdict => verdict.State == MonitorState.Healthy);
        _scene.Verdicts[^1].Details!.Warnings.Should().Contain(concern => concern.Text.StartsWith("the witness cluster does not answer", StringComparison.Ordinal));

        _scene.Chain.StopVotes();
        _scene.Pass(40)[^1].State.Should().Be(MonitorState.Lost);
    }

    [Theory]
    [InlineData(ScriptedAnswer.Refused)]
    [InlineData(ScriptedAnswer.Hangs)]
    public void RunAsync_AllRpcsFail_CannotTellAndGoesOn(ScriptedAnswer answer)
    {
        _scene.Start();
        _scene.Pass(5);
        Everybody(answer);
        _scene.Pass(120).Skip(3).Should().NotBeEmpty().And.OnlyContain(verdict => verdict.State == MonitorState.Unknown);

        Everybody(ScriptedAnswer.Comes);
        _scene.Pass(5)[^1].State.Should().Be(MonitorState.Healthy);
    }

    [Fact]
    public void RunAsync_OneWitnessLags_IsHealthy()
    {
        _scene.Start();
        _scene.Target.Behind = 300;

        _scene.Pass(60).Should().OnlyContain(verdict => verdict.State == MonitorState.Healthy);
    }

    [Fact]
    public void RunAsync_OneWitnessLies_IsHealthyAndLosesALostOne()
    {
        _scene.Start();
        _scene.Third.SaysVote = 0;
        _scene.Pass(30).Should().OnlyContain(verdict => verdict.State == MonitorState.Healthy);

        _scene.Third.SaysVote = 99_999_999;
        _scene.Pass(30).Should().OnlyContain(verdict => verdict.State == MonitorState.Healthy);

        _scene.Chain.StopVotes();
        _scene.Pass(40)[^1].State.Should().Be(MonitorState.Lost);
    }

    [Fact]
    public void RunAsync_ClusterStandsStill_CannotTell()
    {
        _scene.Start();
        _scene.Pass(5);
        _scene.Chain.StopVotes();
        _scene.Chain.StandStill();

        _scene.Pass(300).Should().NotContain(verdict => verdict.State == MonitorState.Lost);
        _scene.Verdicts[^1].Reason.Should().StartWith("the cluster is halted");
    }

    [Fact]
    public void RunAsync_NoLamports_CannotTell()
    {
        _scene.Start();
        _scene.Chain.Lamports = 4_000;
        _scene.Chain.StopVotes();

        _scene.Pass(60)[^1].Reason.Should().Be("the staked identity holds 4000 lamports, and cannot pay for a vote");
    }

    [Fact]
    public void RunAsync_ReallyLost_IsLostBehindT2AndHealthyWhenItIsBack()
    {
        _scene.Start();
        _scene.Pass(10);
        _scene.Chain.StopVotes();
        var lost = _scene.Pass(60);
        lost.TakeWhile(verdict => verdict.State != MonitorState.Lost).Should().HaveCountLessThanOrEqualTo(25, "that is T2, and three looks");
        lost.SkipWhile(verdict => verdict.State != MonitorState.Lost).Should().OnlyContain(verdict => verdict.State == MonitorState.Lost);

        _scene.Chain.LandVotes();
        _scene.Pass(5).Select(verdict => verdict.State).Distinct().Should().Equal(MonitorState.Lost, MonitorState.Healthy);
    }

    [Fact]
    public async Task RunAsync_Paused_CannotTellUntilThePauseIsOver()
    {
        var pause = new Pause();
        await pause.PauseAsync(new MaintenancePause { Until = _scene.Time.GetUtcNow().AddMinutes(2), Reason = "kernel update" }, TestContext.Current.CancellationToken);
        _scene.Options = new MonitorOptions { Pause = pause };
        _scene.Start();
        _scene.Pass(5)[^1].State.Should().Be(MonitorState.Healthy);
        _scene.Chain.StopVotes();

        _scene.Pass(100)[^1].Should().Match<MonitorVerdict>(verdict => verdict.State == MonitorState.Unknown && verdict.Reason.EndsWith("kernel update", StringComparison.Ordinal));
        _scene.Pass(40)[^1].State.Should().Be(MonitorState.Lost);
    }

    [Theory]
    [InlineData(ScriptedAnswer.Hangs)]
    [InlineData(ScriptedAnswer.Throws)]
    public void RunAsync_PauseCannotBeRead_CannotTell(ScriptedAnswer answer)
    {
        _scene.Options = new MonitorOptions { Pause = new Pause { Answer = answer } };
        _scene.Start();
        _scene.Chain.StopVotes();

        _scene.Pass(100)[^1].Should().Match<MonitorVerdict>(verdict => verdict.State == MonitorState.Unknown && verdict.Reason.StartsWith("whether a pause is announced cannot be read", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(RunKind.Takeover, "PromoteTarget", nameof(JournalEvent.Done), true)]
    [InlineData(RunKind.Takeover, "PromoteTarget", nameof(JournalEvent.NotDone), false)]
    [InlineData(RunKind.Takeover, "SealSource", nameof(JournalEvent.Done), false)]
    [InlineData(RunKind.Switchover, "PromoteTarget", nameof(JournalEvent.Done), false)]
    public async Task RunAsync_BehindATakeover_CannotTellForTheLockout(RunKind kind, string step, string ended, bool isLocked)
    {
        var journal = new InMemoryFailoverJournal();
        var entry = new JournalEntry { At = _scene.Time.GetUtcNow(), RunId = RunId.Parse("1"), Event = JournalEvent.Begun, Kind = kind, StakedIdentity = ScriptedChain.Staked.ToString() };
        await journal.AppendEntriesAsync([entry, entry with { Event = Enum.Parse<JournalEvent>(ended), Step = step, Kind = null }, entry with { Event = JournalEvent.Ended, Kind = null }], TestContext.Current.CancellationToken);
        _scene.Options = new MonitorOptions { Journal = journal };
        _scene.Start();
        _scene.Chain.StopVotes();

        _scene.Pass(300)[^1].State.Should().Be(isLocked ? MonitorState.Unknown : MonitorState.Lost);
        _scene.Pass(310)[^1].State.Should().Be(MonitorState.Lost, "ten minutes are over");
    }

    [Fact]
    public void RunAsync_NodeIsIllButVotes_IsHealthyWithConcerns()
    {
        (_scene.Source.IsHealthy, _scene.Source.Behind) = (false, 40);
        _scene.Start();
        var verdict = _scene.Pass(10)[^1];

        verdict.State.Should().Be(MonitorState.Healthy, "votes alone decide");
        verdict.Details!.Warnings.Select(static warning => warning.Text).Should().Equal("the node is not healthy: behind", "the node lags by 40 slots", "the node's shell does not deliver its towers");
    }

    [Fact]
    public void RunAsync_Silent_SaysWhichPortsAnswer()
    {
        _scene.Ports = new AllOpen();
        _scene.Start();
        _scene.Pass(5)[^1].Details!.OpenPorts.Should().BeNull("a node whose votes land needs no port probe");
        _scene.Chain.StopVotes();

        _scene.Pass(10)[^1].Details!.OpenPorts.Should().Equal("gossip 127.0.0.1:8001");
    }

    [Fact]
    public async Task ProbeAsync_NodeIsDead_IsKeptWaitingNoLongerThanAProbeMayTake()
    {
        (_scene.Source.Answer, _scene.Cluster.Answer) = (ScriptedAnswer.Hangs, ScriptedAnswer.Hangs);
        var look = _scene.Watch().ProbeAsync(TestContext.Current.CancellationToken);
        _scene.Pass(1.9);
        look.IsCompleted.Should().BeFalse();
        _scene.Pass(0.2);

        (await look).State.Should().Be(MonitorState.Healthy);
    }

    [Fact]
    public async Task ProbeAsync_WhileItRuns_ProbesAnew()
    {
        var watch = _scene.Start();
        _scene.Cluster.Answer = ScriptedAnswer.Hangs;
        _scene.Pass(2.5);
        var asked = _scene.Third.AskedFor.Count;
        var look = watch.ProbeAsync(TestContext.Current.CancellationToken);
        _scene.Pass(5);

        (await look).State.Should().Be(MonitorState.Healthy);
        _scene.Third.AskedFor.Count.Should().BeGreaterThan(asked + 1);
    }

    [Fact]
    public async Task RunAsync_CancelledOrDisposed_ReturnsAndCanBeginAgain()
    {
        var watch = _scene.Start();
        _scene.Pass(3);
        FluentActions.Invoking(() => { _ = watch.RunAsync(); }).Should().Throw<InvalidOperationException>();
        _scene.Stop();
        await _scene.Running!;

        var again = watch.RunAsync(cancellationToken: TestContext.Current.CancellationToken);
        _scene.Pass(3);
        await watch.DisposeAsync();
        await watch.DisposeAsync();
        await again;
        FluentActions.Invoking(() => { _ = watch.RunAsync(); }).Should().Throw<ObjectDisposedException>();
    }

    [Fact]
    public void RunAsync_ProgressThrows_GoesOn()
    {
        var watch = _scene.Watch();
        var running = watch.RunAsync(new Throws(), TestContext.Current.CancellationToken);
        _scene.Pass(5);

        running.IsCompleted.Should().BeFalse();
        watch.Verdict.State.Should().Be(MonitorState.Healthy);
    }

    private void Everybody(ScriptedAnswer answer) => (_scene.Cluster.Answer, _scene.Target.Answer, _scene.Third.Answer) = (answer, answer, answer);

    private sealed class AllOpen : IPortProbe
    {
        public Task<bool?> TryAsync(IPEndPoint port, CancellationToken cancellationToken = default) => Task.FromResult<bool?>(true);
    }

    private sealed class Throws : IProgress<MonitorVerdict>
    {
        public void Report(MonitorVerdict value) => throw new InvalidOperationException("unexpected");
    }

    private sealed class Pause : IMaintenancePause
    {
        private MaintenancePause? _pause;

        public ScriptedAnswer Answer { get; init; }

        public Task<MaintenancePause?> ReadAsync(CancellationToken cancellationToken = default) => Answer switch
        {
            ScriptedAnswer.Hangs => new TaskCompletionSource<MaintenancePause?>().Task,
            ScriptedAnswer.Throws => throw new InvalidOperationException("unexpected"),
            _ => Task.FromResult(_pause),
        };

        public Task PauseAsync(MaintenancePause pause, CancellationToken cancellationToken = default)
        {
            _pause = pause;
            return Task.CompletedTask;
        }

        public Task ResumeAsync(CancellationToken cancellationToken = default)
        {
            _pause = null;
            return Task.CompletedTask;
        }
    }
}
