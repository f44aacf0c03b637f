using System.Runtime.Versioning;
using FluentAssertions;
using Tachyon.Failover.Contracts;
using Tachyon.Failover.Nodes;
using Tachyon.Failover.Shells;
using Xunit;

namespace Tachyon.Failover.IntegrationTests.Nodes;

/// <summary>A validator of 4.3 whose <c>set-identity</c> fails half done: the words are those of its source.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class HalfDoneTests : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly LocalShell _shell = new();
    private readonly NodeFolders _node;
    private readonly NodeShell _talk;

    public HalfDoneTests()
    {
        _node = new NodeFolders(_folder, "north");
        _talk = new NodeShell(_shell, new NodeShellOptions { LockFile = Path.Combine(_node.Ledger, "tachyon-failover.lock") });

        // It fails as often as the file beside it says.
        File.WriteAllText(
            Program,
            """
            #!/bin/sh
            echo "$*" >>"$0.calls"
            test "$(wc -l <"$0.calls")" -gt "$(cat "$0.failures")" && exit 0
            echo "Validator command failed: admin rpc error: Server returned rpc error Internal error: Failed to apply new identity to TPU"
            exit 1

            """);
        File.SetUnixFileMode(Program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Program => _folder.File("agave-validator");

    [Fact]
    public async Task SetIdentityAsync_FailsHalfDone_IsSentOnceMoreAndDone()
    {
        (await SetIdentityAsync(failures: 1)).IsDone.Should().BeTrue();

        var calls = await File.ReadAllLinesAsync($"{Program}.calls", Token);
        calls.Should().HaveCount(2);
        calls[1].Should().Be(calls[0]).And.Contain("set-identity");
    }

    /// <summary>Parts of the validator may use the new identity: it is not "nothing happened".</summary>
    [Fact]
    public async Task SetIdentityAsync_FailsHalfDoneTwice_IsUnknownAndSentNoThirdTime()
    {
        (await SetIdentityAsync(failures: 9)).Outcome.Should().Be(CallOutcome.Unknown);

        (await File.ReadAllLinesAsync($"{Program}.calls", Token)).Should().HaveCount(2);
    }

    public async ValueTask DisposeAsync()
    {
        await _talk.DisposeAsync();
        await _shell.DisposeAsync();
        _folder.Dispose();
    }

    private async Task<CallResult> SetIdentityAsync(int failures)
    {
        await File.WriteAllTextAsync($"{Program}.failures", $"{failures}\n", Token);
        var host = new ShellValidatorHost(_talk, _node.Settings.With(it => it.Program = Program), NodeFolders.StakedIdentity);
        return await host.SetIdentityAsync(IdentityRole.Unstaked, requiredTower: null, within: null, Token);
    }
}
