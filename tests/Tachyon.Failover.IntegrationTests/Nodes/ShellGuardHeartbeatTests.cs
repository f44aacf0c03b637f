using FluentAssertions;
using Tachyon.Failover.Contracts;
using Tachyon.Failover.IntegrationTests.Shells;
using Tachyon.Failover.Nodes;
using Tachyon.Failover.Shells;
using Xunit;

namespace Tachyon.Failover.IntegrationTests.Nodes;

public sealed class LocalGuardHeartbeatTests() : ShellGuardHeartbeatTests(new LocalShell());

public sealed class SshGuardHeartbeatTests(SshdFixture sshd) : ShellGuardHeartbeatTests(new SshNetShell(sshd.Options)), IClassFixture<SshdFixture>;

[RunsContract(typeof(ShellGuardHeartbeat))]
public abstract class ShellGuardHeartbeatTests(IShell shell) : GuardHeartbeatContract, IAsyncDisposable
{
    private readonly NodesFixture _nodes = new();
    private IGuardHeartbeat? _guards;
    private IGuardHeartbeat? _watchs;

    protected override IGuardHeartbeat Guards => _guards ??= Of(shell);

    protected override IGuardHeartbeat Watchs => _watchs ??= Of(shell);

    protected override IGuardHeartbeat Unreachable => Of(new UnreachableShell());

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Left => Path.Combine(_nodes.Source.Ledger, "tachyon-failover.guard");

    /// <summary>A copy of the ledger from another machine, or from before a reboot.</summary>
    [Fact]
    public async Task ReadAsync_OfAnotherBoot_IsNotDoneAndSaysWhere()
    {
        await File.WriteAllTextAsync(Left, "00000000-0000-0000-0000-000000000000 17.25\n", Token);

        (await Watchs.ReadAsync(Token)).Call.Detail.Should().Contain("since the machine was started").And.Contain(Left);
    }

    [Theory]
    [InlineData("")]
    [InlineData("half")]
    [InlineData("\n\n\n")]
    public async Task ReadAsync_DamagedFile_IsNotDone(string text)
    {
        await File.WriteAllTextAsync(Left, text, Token);

        (await Watchs.ReadAsync(Token)).IsDone.Should().BeFalse();
    }

    public async ValueTask DisposeAsync()
    {
        await _nodes.DisposeAsync();
        await shell.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private ShellGuardHeartbeat Of(IShell way) => new(_nodes.Talk(way, _nodes.Source), _nodes.Source.Settings);
}
