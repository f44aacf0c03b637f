using System.Globalization;
using FluentAssertions;
using Tachyon.Failover.Contracts;
using Tachyon.Failover.IntegrationTests.Shells;
using Tachyon.Failover.Shells;
using Tachyon.Failover.Testing.Network;
using Xunit;

namespace Tachyon.Failover.IntegrationTests.Nodes;

public sealed class SshNetGoneHolderTests(SshdFixture sshd) : GoneHolderTests(
    sshd, (port, knownHosts) => new SshNetShell(sshd.Options.With(it => { it.Port = port; it.HostKeys = HostKeyPolicy.KnownHosts(knownHosts); }))), IClassFixture<SshdFixture>;

public sealed class OpenSshGoneHolderTests(SshdFixture sshd) : GoneHolderTests(
    sshd, (port, knownHosts) => new OpenSshShell(sshd.OpenSshOptions.With(it => { it.Port = port; it.KnownHostsFile = knownHosts; }))), IClassFixture<SshdFixture>;

/// <summary>
/// The machine of a lock's holder is lost. The network swallows everything and closes nothing, and the host's sshd, with its defaults, notices nothing for hours.
/// </summary>
public abstract class GoneHolderTests : IAsyncDisposable
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(4);

    private readonly TemporaryFolder _folder = new();
    private readonly LocalShell _here = new();
    private readonly LinkProxy _link;
    private readonly IShell _shell;
    private readonly NodeShell _gone;
    private readonly NodeShell _other;

    protected GoneHolderTests(SshdFixture sshd, Func<int, string, IShell> shellTo)
    {
        _link = LinkProxy.Start(sshd.Sshd.Port);
        var knownHosts = _folder.File("known_hosts");
        File.WriteAllText(knownHosts, File.ReadAllText(sshd.Sshd.KnownHostsFile).Replace(Text(sshd.Sshd.Port), Text(_link.Port), StringComparison.Ordinal));
        _shell = shellTo(_link.Port, knownHosts);
        _gone = new NodeShell(_shell, new NodeShellOptions { LockFile = _folder.File("node.lock"), Lease = Lease });
        _other = new NodeShell(_here, new NodeShellOptions { LockFile = _folder.File("node.lock"), Lease = Lease });
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task H4_HolderIsSilent_TheNodeEndsItsScriptAndTheLockIsFree_AndItFindsOutWhenItWakesUp()
    {
        (await _gone.LockAsync("me, run 1", Token)).IsDone.Should().BeTrue();
        var running = _gone.RunAsync(ShellScript.Create($"while :; do echo alive >>{_folder.File("started")}; sleep 0.02; done"), TimeSpan.FromMinutes(15), Token);
        await _folder.FileAppearsAsync("started", Patience.Limit);

        _link.Stall();

        (await _other.LockAsync("other", Token)).Failure.Should().Be(CallFailure.LockHeld, "the holder may yet live");
        (await Eventually(() => _other.LockAsync("other", Token))).IsDone.Should().BeTrue();
        var atThatTime = new FileInfo(_folder.File("started")).Length;
        (await _other.RunAsync(ShellScript.Create($"sleep 0.5"), Patience.Limit, Token)).Succeeded.Should().BeTrue();
        new FileInfo(_folder.File("started")).Length.Should().Be(atThatTime, "its scripts must not continue beside the next holder");
        await _other.UnlockAsync("other", Token);

        _link.Heal();
        _link.Cut();
        (await running).ToCallResult().Outcome.Should().Be(CallOutcome.Unknown);
        (await _gone.RunAsync(ShellScript.Create($"touch {_folder.File("touched")}"), Patience.Limit, Token)).Failure.Should().Be(CallFailure.LockLost);
        File.Exists(_folder.File("touched")).Should().BeFalse();
    }

    [Fact]
    public async Task H4_HolderIsSilentForLongerThanTheLeaseAndNobodyCame_ItHasItsLockAgain()
    {
        (await _gone.LockAsync("me, run 1", Token)).IsDone.Should().BeTrue();
        _link.Stall();
        (await RunHereAsync(ShellScript.Create($"flock -w 60 {_folder.File("node.lock")} true"))).Should().Be(0);
        _link.Heal();
        _link.Cut();

        await _gone.RunAsync(ShellScript.Create($"true"), Patience.Limit, Token);

        (await _gone.RunAsync(ShellScript.Create($"echo back"), Patience.Limit, Token)).Output.Should().Be("back");
        (await _other.LockAsync("other", Token)).Failure.Should().Be(CallFailure.LockHeld);
    }

    [Fact]
    public async Task H4_HolderLives_AScriptThatTakesLongerThanTheLeaseIsNotCut()
    {
        (await _gone.LockAsync("me", Token)).IsDone.Should().BeTrue();

        var answer = await _gone.RunAsync(ShellScript.Create($"sleep {2 * (long)Lease.TotalSeconds}; echo through"), Patience.Limit, Token);

        answer.Output.Should().Be("through");
        (await _other.LockAsync("other", Token)).Failure.Should().Be(CallFailure.LockHeld);
    }

    [Fact]
    public async Task H4_Refusal_NamesTheHolderTheHostSinceWhenAndTheCommandThatEndsIt()
    {
        (await _gone.LockAsync("ops laptop, run 7", Token)).IsDone.Should().BeTrue();
        _link.Stall();

        var refusal = await _other.LockAsync("other", Token);

        refusal.Failure.Should().Be(CallFailure.LockHeld);
        refusal.Detail.Should().MatchRegex(
            @"^ops laptop, run 7 \(it has held .*node\.lock on local since \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\)\. The lock ends by itself 4 s after that coordinator's last heartbeat; to end it now, if that coordinator is gone, run there: kill -s KILL -- -\d+$");
        var command = refusal.Detail![refusal.Detail!.IndexOf("kill -s", StringComparison.Ordinal)..];
        (await RunHereAsync(ShellScript.Create($"eval {command}"))).Should().Be(0);
        (await Eventually(() => _other.LockAsync("other", Token))).IsDone.Should().BeTrue();
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await _other.DisposeAsync();
        await _gone.DisposeAsync();
        await _shell.DisposeAsync();
        await _here.DisposeAsync();
        await _link.DisposeAsync();
        _folder.Dispose();
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static async Task<CallResult> Eventually(Func<Task<CallResult>> call)
    {
        var start = TimeProvider.System.GetTimestamp();
        var result = await call();
        while (!result.IsDone && TimeProvider.System.GetElapsedTime(start) < Patience.Limit)
        {
            result = await call();
        }

        return result;
    }

    private async Task<int?> RunHereAsync(ShellScript script)
    {
        await using var session = await _here.StartAsync(script, Token);
        return (await session.Completion.WaitAsync(Token)).Status;
    }
}
