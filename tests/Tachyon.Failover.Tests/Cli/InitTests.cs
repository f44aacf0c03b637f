using FluentAssertions;
using Tachyon.Failover.Cli;
using Tachyon.Failover.Pairs;
using Xunit;

namespace Tachyon.Failover.Tests.Cli;

public sealed class InitTests : IDisposable
{
    private readonly CliScene _scene = new() { CanAsk = true, Pair = null };

    [Fact]
    public async Task Init_PersonAnswers_WritesAFileInWhichNothingIsWrong()
    {
        _scene.Types(
            "not a pubkey", "AykuShNXpnPj3zE7hs5dyYVequ4CWBHnr7Fe6NZbSWJq", "rpc.example.com", "https://rpc.example.com",
            "north", "", "north.example.com", "", "", "ledger", "/data/ledger", "", "", "", "", "",
            "north", "south", "", "south.example.com", "", "", "", "", "", "", "", "");

        (await _scene.RunAsync("init")).Should().Be(ExitCode.Done, "{0}", _scene.Error);

        _scene.Error.Should().Contain("that is no pubkey").And.Contain("write it with http:// or https://").And.Contain("give an absolute path on the node").And.Contain("the first node is called so");
        _scene.Error.Should().Contain("Its ledger folder [/data/ledger]", "the second node is offered what the first has");
        _scene.Error.Should().NotContain("Still to be mended");
        _scene.Out.Should().Contain("Next: tachyon-failover preflight");
        PairFile? read = null;
        _scene.Open = file =>
        {
            read = file;
            throw new OperationCanceledException("seen");
        };
        await _scene.RunAsync("status");
        read!.Second.Validator.Ledger.Should().Be("/data/ledger");
        read.Second.Ssh!.User.Should().Be("sol");
        read.Second.Address.Should().Be("sol@south.example.com");
    }

    [Fact]
    public async Task Init_SomethingIsNotThereYet_WritesTheFileAndSaysWhat()
    {
        _scene.Types(
            "AykuShNXpnPj3zE7hs5dyYVequ4CWBHnr7Fe6NZbSWJq", "", "",
            "north", "", "north.example.com", "", "~/.ssh/not_yet", "", "", "", "", "", "",
            "south", "", "south.example.com", "", "~/.ssh/id_ed25519", "", "", "", "", "", "");

        (await _scene.RunAsync("init")).Should().Be(ExitCode.Done, "{0}", _scene.Error);

        _scene.Error.Should().Contain("Still to be mended").And.Contain("nodes[0].shell.keyFile");
        _scene.Pair.Should().NotBeNull();
    }

    [Fact]
    public async Task X15_Init_File_IsForItsOwnerOnly()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no file modes.");
            return;
        }

        _scene.Types(
            "AykuShNXpnPj3zE7hs5dyYVequ4CWBHnr7Fe6NZbSWJq", "", "",
            "north", "", "north.example.com", "", "~/.ssh/id_ed25519", "", "", "", "", "", "",
            "south", "", "south.example.com", "", "~/.ssh/id_ed25519", "", "", "", "", "", "");

        await _scene.RunAsync("init");

        File.GetUnixFileMode(_scene.PairPath).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite, "it may hold the key of an RPC");
    }

    /// <summary>Without a cluster's RPC, the inactive node is the only witness, and a watch that needs two does not begin.</summary>
    [Theory]
    [InlineData("", 1, 0)]
    [InlineData("https://one.example.com, https://two.example.com", 2, 2)]
    public async Task E2_Init_NoClusterRpc_WritesAFileThatAWatchCanBeginWith(string witnesses, int least, int named)
    {
        _scene.Types(
            "AykuShNXpnPj3zE7hs5dyYVequ4CWBHnr7Fe6NZbSWJq", "", witnesses,
            "north", "", "north.example.com", "", "~/.ssh/id_ed25519", "", "", "", "", "", "",
            "south", "", "south.example.com", "", "~/.ssh/id_ed25519", "", "", "", "", "", "");

        (await _scene.RunAsync("init")).Should().Be(ExitCode.Done, "{0}", _scene.Error);

        PairFile? read = null;
        _scene.Open = file =>
        {
            read = file;
            throw new OperationCanceledException("seen");
        };
        await _scene.RunAsync("watch", "--to", "south");
        read!.Daemon.Monitor.Rules.MinimumWitnesses.Should().Be(least);
        read.Witnesses.Should().HaveCount(named);
    }

    [Fact]
    public async Task Init_PersonLeavesInTheMiddle_WritesNothing()
    {
        _scene.Types("AykuShNXpnPj3zE7hs5dyYVequ4CWBHnr7Fe6NZbSWJq");

        (await _scene.RunAsync("init")).Should().Be(ExitCode.Cancelled);

        _scene.Pair.Should().BeNull();
        _scene.Error.Should().Contain("Nothing was written.");
    }

    [Fact]
    public async Task Init_FileIsThere_IsNotOverwritten()
    {
        _scene.Pair = "precious";

        (await _scene.RunAsync("init")).Should().Be(ExitCode.Usage);

        _scene.Pair.Should().Be("precious");
    }

    [Fact]
    public async Task Init_NobodyToAsk_IsUsage()
    {
        using var scene = new CliScene { Pair = null };

        (await scene.RunAsync("init")).Should().Be(ExitCode.Usage);

        scene.Error.Should().Contain("no terminal to ask on");
    }

    public void Dispose() => _scene.Dispose();
}
