using FluentAssertions;
using Tachyon.Failover.Contracts;
using Tachyon.Failover.IntegrationTests.Shells;
using Tachyon.Failover.RestartWindows;
using Tachyon.Failover.Shells;
using Tachyon.Failover.Testing.Network;
using Xunit;

namespace Tachyon.Failover.IntegrationTests.Nodes;

public sealed class LocalRestartWindowTests(ValidatorFixture validator) : ShellRestartWindowTests(validator, new LocalShell(), new UnreachableShell());

public sealed class SshRestartWindowTests(ValidatorFixture validator, SshdFixture sshd)
    : ShellRestartWindowTests(validator, new SshNetShell(sshd.Options), new SshNetShell(sshd.Options with { Port = 1 })), IClassFixture<SshdFixture>
{
    [Fact]
    public async Task WaitAsync_ConnectionCut_IsNotDoneAndLeavesNothingBehind()
    {
        await using var link = LinkProxy.Start(sshd.Sshd.Port);
        await using var shell = new SshNetShell(sshd.Options with { Port = link.Port, HostKeys = HostKeyPolicy.Fingerprint(sshd.Fingerprint) });
        var notes = new Notes();
        var waiting = On(shell).WaitAsync(For(Impossible), notes, Token);
        await notes.First.WaitAsync(Patience, TimeProvider.System, Token);

        link.Cut();

        (await waiting.WaitAsync(Patience, TimeProvider.System, Token))
            .Should().Match<CallResult<OpenRestartWindow>>(answer => answer.Call.Outcome == CallOutcome.NotDone && answer.Call.Failure == CallFailure.ConnectionLost);
        await NothingIsLeftAsync();
    }
}

[RunsContract(typeof(ShellRestartWindow))]
public abstract class ShellRestartWindowTests(ValidatorFixture validator, IShell shell, IShell unreachable)
    : RestartWindowContract, IAsyncDisposable, IClassFixture<ValidatorFixture>
{
    private readonly List<NodeShell> _talks = [];
    private IRestartWindow? _window;

    protected override IRestartWindow Window => _window ??= On(shell, validator.Settings);

    protected override IRestartWindow UnreachableWindow => On(unreachable, validator.Settings);

    protected override int Waits => Directory.EnumerateDirectories("/proc").Count(IsWait);

    [Fact]
    public async Task WaitAsync_ValidatorNotRunning_SaysSo()
    {
        var ledger = Directory.CreateDirectory(Path.Combine(validator.Node.Folder, "no validator")).FullName;

        var result = await On(shell, validator.Settings with { Ledger = ledger }).WaitAsync(For(TimeSpan.Zero), notes: null, Token);

        result.Should().Match<CallResult<OpenRestartWindow>>(answer => answer.Call.Outcome == CallOutcome.NotDone && answer.Call.Failure == CallFailure.ValidatorNotRunning);
    }

    [Fact]
    public async Task WaitAsync_NoProgram_SaysSo()
    {
        var result = await On(shell, validator.Settings with { Program = "/nowhere/tachyon-validator" }).WaitAsync(For(TimeSpan.Zero), notes: null, Token);

        result.Should().Match<CallResult<OpenRestartWindow>>(answer => answer.Call.Outcome == CallOutcome.NotDone && answer.Call.Failure == CallFailure.ProgramMissing);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        foreach (var talk in _talks)
        {
            await talk.DisposeAsync();
        }

        await shell.DisposeAsync();
        await unreachable.DisposeAsync();
    }

    private bool IsWait(string process)
    {
        try
        {
            var words = File.ReadAllText(Path.Combine(process, "cmdline")).Split('\0');
            return words.Contains("wait-for-restart-window") && words.Contains(validator.Node.Ledger);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It is not a process, or it has ended.
            return false;
        }
    }

    protected IRestartWindow On(IShell way) => On(way, validator.Settings);

    private ShellRestartWindow On(IShell way, ValidatorNodeSettings settings)
    {
        var talk = new NodeShell(way, new NodeShellOptions { LockFile = Path.Combine(validator.Node.Ledger, "tachyon-failover.lock") });
        _talks.Add(talk);
        return new ShellRestartWindow(talk, settings);
    }
}
