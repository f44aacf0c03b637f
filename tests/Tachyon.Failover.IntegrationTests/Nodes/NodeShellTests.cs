using System.Globalization;
using FluentAssertions;
using Tachyon.Failover.Contracts;
using Tachyon.Failover.IntegrationTests.Shells;
using Tachyon.Failover.Shells;
using Tachyon.Failover.Testing.Network;
using Xunit;

namespace Tachyon.Failover.IntegrationTests.Nodes;

public sealed class SshNetNodeShellTests(SshdFixture sshd) : NodeShellTests(
    sshd, (port, knownHosts) => new SshNetShell(sshd.Options.With(it => { it.Port = port; it.HostKeys = HostKeyPolicy.KnownHosts(knownHosts); }))), IClassFixture<SshdFixture>;

public sealed class OpenSshNodeShellTests(SshdFixture sshd) : NodeShellTests(
    sshd, (port, knownHosts) => new OpenSshShell(sshd.OpenSshOptions.With(it => { it.Port = port; it.KnownHostsFile = knownHosts; }))), IClassFixture<SshdFixture>;

/// <summary>The conversation with a node over a real sshd, and what becomes of it when the connection goes.</summary>
public abstract class NodeShellTests : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly TemporaryFolder _folder = new();
    private readonly LinkProxy _link;
    private readonly IShell _shell;
    private readonly NodeShell _node;

    protected NodeShellTests(SshdFixture sshd, Func<int, string, IShell> shellTo)
    {
        _link = LinkProxy.Start(sshd.Sshd.Port);

        // The key is known for the port of the server, not for that of the link in front of it.
        var knownHosts = _folder.File("known_hosts");
        File.WriteAllText(
            knownHosts,
            File.ReadAllText(sshd.Sshd.KnownHostsFile).Replace(Text(sshd.Sshd.Port), Text(_link.Port), StringComparison.Ordinal));
        _shell = shellTo(_link.Port, knownHosts);
        _node = Node();
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RunAsync_ManyAtOnce_AreCarriedOutInTheOrderInWhichTheyWereAsked()
    {
        var log = _folder.File("log");
        var calls = Enumerable.Range(0, 50).Select(i => Run(ShellScript.Create($"echo {i} >>{log}; echo {i}"))).ToArray();

        var answers = await Task.WhenAll(calls);

        answers.Select(answer => answer.Output).Should().Equal(Enumerable.Range(0, 50).Select(Text));
        (await File.ReadAllLinesAsync(log, Token)).Should().Equal(Enumerable.Range(0, 50).Select(Text));
    }

    [Theory]
    [InlineData("exit 3", 3, "")]
    [InlineData("echo a; echo b >&2; false", 1, "a\nb")]
    [InlineData("printf 'x\\n\\n'", 0, "x")]
    [InlineData("cat", 0, "")]
    [InlineData("no-such-program", 127, null)]
    [InlineData("kill -9 $$", null, null)]
    public async Task RunAsync_Script_AnswersWithStatusAndOutput(string script, int? status, string? output)
    {
        var answer = await Run(ShellScript.Create($"eval {script}"));

        if (status is null)
        {
            // The conversation's own shell was killed. Later scripts get another one.
            answer.Failure.Should().Be(CallFailure.ConnectionLost);
            answer.WasSent.Should().BeTrue();
        }
        else
        {
            answer.Status.Should().Be(status);
            answer.Output.Should().Be(output ?? answer.Output);
        }

        (await Run(ShellScript.Create($"echo still here"))).Output.Should().Be("still here");
    }

    [Theory]
    [InlineData("sleep 60 & echo started", 0, "started")]
    [InlineData("echo a; echo b >&2; ( sleep 60; echo late ) & exit 3", 3, "a\nb")]
    [InlineData("printf 'x\n\n'", 0, "x")]
    [InlineData("true", 0, "")]
    [InlineData("no-such-program", 127, null)]
    public async Task F4_RunApartAsync_SomethingIsLeftThatHoldsTheOutput_AnswersWhenTheScriptHasEnded(string script, int status, string? output)
    {
        var answer = await _node.RunApartAsync(ShellScript.Create($"eval {script}"), Limit, Token);

        answer.Failure.Should().Be(CallFailure.None, "{0}", answer.Output);
        answer.Status.Should().Be(status);
        answer.Output.Should().Be(output ?? answer.Output);
    }

    [Fact]
    public async Task RunAsync_NoAnswerWithinItsLimit_IsSentAndTimedOut_AndTheNextScriptStillRuns()
    {
        var answer = await _node.RunAsync(ShellScript.Create($"sleep 20"), TimeSpan.FromMilliseconds(200), Token);

        answer.Failure.Should().Be(CallFailure.TimedOut);
        answer.WasSent.Should().BeTrue();
        (await Run(ShellScript.Create($"echo next"))).Output.Should().Be("next");
    }

    [Fact]
    public async Task RunAsync_LimitOfTheSecond_RunsFromTheAnswerToTheFirst()
    {
        var first = _node.RunAsync(ShellScript.Create($"sleep {(long)Patience.Of(2).TotalSeconds}"), Patience.Limit, Token);
        var second = _node.RunAsync(ShellScript.Create($"echo quick"), Patience.Of(1), Token);

        (await first).Succeeded.Should().BeTrue();
        (await second).Output.Should().Be("quick");
    }

    [Fact]
    public async Task RunAsync_WithinHasPassedBehindAnother_IsNotBegun()
    {
        var first = _node.RunAsync(ShellScript.Create($"sleep 1"), Limit, Token);
        var second = _node.RunAsync(ShellScript.Create($"touch {_folder.File("late")}"), Limit, Token, within: TimeSpan.FromMilliseconds(500));
        var third = _node.RunAsync(ShellScript.Create($"echo in time"), Limit, Token, within: Limit);

        (await first).Succeeded.Should().BeTrue();
        (await second).ToCallResult().Should().Match<CallResult>(call => call.Outcome == CallOutcome.NotDone && call.Failure == CallFailure.Expired);
        (await third).Output.Should().Be("in time");
        File.Exists(_folder.File("late")).Should().BeFalse();
    }

    /// <summary>A lid, Ctrl-Z, a paused virtual machine: no clock of this program has counted the time, the node's have.</summary>
    [Fact]
    public async Task H3_RunAsync_ThisProgramStoodStillSinceTheLock_IsNotBegunAndTheNextOneIs()
    {
        var clock = new StandingClock();
        var shell = new NodeShell(new LocalShell(), new NodeShellOptions { LockFile = _folder.File("standing.lock") }, timeProvider: clock);
        await using (shell.ConfigureAwait(false))
        {
            (await shell.LockAsync("me", Token)).IsDone.Should().BeTrue();
            // Real time, since the node's clocks are this machine's, and no test sets them.
            await Task.Delay(TimeSpan.FromSeconds(1.5), TimeProvider.System, Token);
            clock.StoodStill(TimeSpan.FromSeconds(1.5));

            var late = await shell.RunAsync(ShellScript.Create($"touch {_folder.File("too-late")}"), Limit, Token, within: TimeSpan.FromSeconds(1));
            var next = await shell.RunAsync(ShellScript.Create($"echo in time"), Limit, Token, within: Limit);

            late.Failure.Should().Be(CallFailure.Expired);
            File.Exists(_folder.File("too-late")).Should().BeFalse();
            next.Output.Should().Be("in time", "the node's clocks were read anew");
        }
    }

    /// <summary>TCP keeps the sent data: they arrive when the network works again, although no caller waits for them any more.</summary>
    [Fact]
    public async Task RunAsync_HeldUpByTheNetwork_IsCarriedOutWhenItIsMendedUnlessWithinHasPassed()
    {
        await Run(ShellScript.Create($"true"));
        _link.Stall();
        var limited = _node.RunAsync(ShellScript.Create($"touch {_folder.File("late")}"), TimeSpan.FromSeconds(1), Token, within: TimeSpan.FromMilliseconds(500));
        var unlimited = Run(ShellScript.Create($"touch {_folder.File("arrived")}"));

        (await limited).ToCallResult().Should().Match<CallResult>(call => call.Outcome == CallOutcome.Unknown && call.Failure == CallFailure.TimedOut);
        (await unlimited).ToCallResult().Outcome.Should().Be(CallOutcome.Unknown);
        _link.Heal();

        await _folder.FileAppearsAsync("arrived", Limit);
        File.Exists(_folder.File("late")).Should().BeFalse();
    }

    [Fact]
    public async Task RunAsync_ConnectionCutWhileItRuns_IsUnknownAndNeverFailed()
    {
        var running = Run(ShellScript.Create($"touch {_folder.File("started")}; sleep 5; echo done"));
        await _folder.FileAppearsAsync("started", Limit);

        _link.Cut();

        var answer = await running;
        answer.Failure.Should().Be(CallFailure.ConnectionLost);
        answer.ToCallResult().Outcome.Should().Be(CallOutcome.Unknown);
    }

    [Fact]
    public async Task RunAsync_LockHeldAndConnectionCut_TheNextScriptWaitsUntilTheLostOneHasEnded()
    {
        (await _node.LockAsync("test", Token)).IsDone.Should().BeTrue();
        var lost = Run(ShellScript.Create($"touch {_folder.File("started")}; sleep 1; echo ended >{_folder.File("ended")}"));
        var queued = Run(ShellScript.Create($"echo queued >>{_folder.File("ended")}"));
        await _folder.FileAppearsAsync("started", Limit);

        _link.Cut();

        (await lost).Failure.Should().Be(CallFailure.ConnectionLost);
        (await queued).WasSent.Should().BeTrue();
        var next = await Run(ShellScript.Create($"cat {_folder.File("ended")}"));
        next.Output.Should().StartWith("ended", "the lock is held by the lost conversation until everything that it was sent has ended");
    }

    [Fact]
    public async Task RunAsync_HostUnreachable_IsNotSent()
    {
        _link.RefuseNew = true;
        _link.Cut();

        var answer = await Run(ShellScript.Create($"true"));

        answer.WasSent.Should().BeFalse();
        answer.ToCallResult().Should().Match<CallResult>(call => call.Outcome == CallOutcome.NotDone && call.Failure == CallFailure.Unreachable);
    }

    [Fact]
    public async Task RunAsync_AnotherHadTheLockSinceTheConnectionWasCut_IsNotDoneAndStaysSo()
    {
        await using var other = Node();
        (await _node.LockAsync("me", Token)).IsDone.Should().BeTrue();
        _link.Cut();
        (await Eventually(() => other.LockAsync("other", Token))).IsDone.Should().BeTrue();
        await other.UnlockAsync("other", Token);

        var first = await Run(ShellScript.Create($"touch {_folder.File("touched")}"));
        var second = await Run(ShellScript.Create($"touch {_folder.File("touched")}"));

        // The first script may only discover that the connection is gone.
        first.Failure.Should().BeOneOf(CallFailure.ConnectionLost, CallFailure.LockLost);
        second.Failure.Should().Be(CallFailure.LockLost);
        second.WasSent.Should().BeFalse();
        File.Exists(_folder.File("touched")).Should().BeFalse();
    }

    [Fact]
    public async Task RunAsync_HostHasNotNoticedTheLoss_TheOldShellIsEndedAndTheLockComesBack()
    {
        await using var network = new ForgettingShell();
        await using var node = new NodeShell(network, new NodeShellOptions { LockFile = _folder.File("node.lock") });
        (await node.LockAsync("me", Token)).IsDone.Should().BeTrue();
        network.Forget();
        network.HostStillWaits.Should().BeTrue();

        var lost = await node.RunAsync(ShellScript.Create($"true"), Limit, Token);
        var next = await node.RunAsync(ShellScript.Create($"echo back"), Limit, Token);

        lost.Failure.Should().BeOneOf(CallFailure.ConnectionLost, CallFailure.None);
        next.Output.Should().Be("back");
        (await node.LockAsync("me", Token)).IsDone.Should().BeTrue();
    }

    [Fact]
    public async Task LockAsync_HolderDies_TheLockIsFree()
    {
        await using var other = Node();
        (await other.LockAsync("other", Token)).IsDone.Should().BeTrue();
        (await _node.LockAsync("me", Token)).Failure.Should().Be(CallFailure.LockHeld);

        _link.Cut();

        // The dead conversation's shell ends at the end of its input. After it, only this shell can hold the lock.
        (await Eventually(() => _node.LockAsync("me", Token))).IsDone.Should().BeTrue();
    }

    public async ValueTask DisposeAsync()
    {
        await _node.DisposeAsync();
        await _shell.DisposeAsync();
        await _link.DisposeAsync();
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static async Task<CallResult> Eventually(Func<Task<CallResult>> call)
    {
        var start = TimeProvider.System.GetTimestamp();
        var result = await call();
        while (!result.IsDone && TimeProvider.System.GetElapsedTime(start) < Limit)
        {
            result = await call();
        }

        return result;
    }

    private NodeShell Node() => new(_shell, new NodeShellOptions { LockFile = _folder.File("node.lock") });

    private Task<ScriptAnswer> Run(ShellScript script) => _node.RunAsync(script, Limit, Token);
}
