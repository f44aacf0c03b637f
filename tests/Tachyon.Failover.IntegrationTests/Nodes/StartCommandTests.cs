using System.Diagnostics;
using System.Runtime.Versioning;
using FluentAssertions;
using Tachyon.Failover.Contracts;
using Tachyon.Failover.Nodes;
using Tachyon.Failover.Shells;
using Xunit;

namespace Tachyon.Failover.IntegrationTests.Nodes;

/// <summary>How the start commands of real processes are read from the node's <c>/proc</c>, as people write them. What runs is a script of the validator's name that does nothing.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class StartCommandTests : IAsyncDisposable
{
    private const string Voter = "staked-identity.json";
    private readonly TemporaryFolder _folder = new();
    private readonly List<Process> _processes = [];
    private readonly LocalShell _shell = new();
    private readonly NodeShell _talk;
    private readonly NodeFolders _node;

    public StartCommandTests()
    {
        _node = new NodeFolders(_folder, "north");
        _talk = new NodeShell(_shell, new NodeShellOptions { LockFile = Path.Combine(_node.Ledger, "tachyon-failover.lock") });
        File.WriteAllText(Program, "#!/bin/sh\necho up\nread -r _\n");
        File.SetUnixFileMode(Program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }

    /// <summary>The way in which a validator is started; <c>LEDGER</c> and <c>HOME</c> stand for the folders.</summary>
    public static TheoryData<string, string[]> Ways => new()
    {
        { "/", ["--identity", "HOME/identity.json", "--ledger", "LEDGER", "--authorized-voter", $"HOME/{Voter}"] },
        { "/", ["--identity=HOME/identity.json", "--ledger=LEDGER", $"--authorized-voter=HOME/{Voter}"] },
        { "/", ["-i", "HOME/identity.json", "-l", "LEDGER", "--authorized-voter", $"HOME/{Voter}"] },
        { "HOME", ["--identity", "identity.json", "--ledger", "LEDGER", "--authorized-voter", Voter] },
        { "HOME", ["--identity", "./identity.json", "--ledger", "../LEDGERNAME", "--authorized-voter", $"../HOMENAME/{Voter}"] },
        { "LEDGER", ["--ledger", ".", "--identity", "HOME/identity.json", "--authorized-voter", $"HOME/{Voter}", "--log", "-"] },
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Program => _folder.File("tachyon-validator");

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task InspectAsync_ValidatorWasStartedThatWay_ReadsWhatARestartBringsBack(string at, string[] arguments)
    {
        await StartAsync(at, [Program, .. arguments]);

        var found = (await InspectAsync()).Process;

        found.Should().NotBeNull();
        found!.ProcessId.Should().Be(_processes[0].Id);
        ShouldBeAsInSettings(found);
    }

    [Theory]
    [InlineData("timeout", "60")]
    [InlineData("timeout", "60", "timeout", "60")]
    public async Task InspectAsync_SomethingElseHasStartedIt_TheValidatorIsTheOneThatWasStarted(params string[] wrapper)
    {
        await StartAsync("HOME", [.. wrapper, Program, "--identity", "identity.json", "--ledger", "LEDGER", "--authorized-voter", Voter]);

        var inspection = await InspectAsync();

        ShouldBeAsInSettings(inspection.Process);
        inspection.Process!.ProcessId.Should().NotBe(_processes[0].Id, "that is the wrapper");
        inspection.Processes!.Where(process => process.Ledger!.IsAsInSettings == true).Should().ContainSingle();
    }

    [Theory]
    [InlineData("--identity", "HOME/staked-identity.json", "the keypair, and not the link to it")]
    [InlineData("--identity", "HOME/unstaked-identity.json", "the keypair, and not the link to it")]
    [InlineData("--identity", "identity.json", "that file of another folder")]
    public async Task InspectAsync_IdentityIsNotTheLink_IsSaid(string option, string path, string because)
    {
        await StartAsync("/", [Program, option, path, "--ledger", "LEDGER", "--authorized-voter", $"HOME/{Voter}"]);

        (await InspectAsync()).Process!.Identity!.IsAsInSettings.Should().BeFalse(because);
    }

    /// <summary>Options by which a validator answers every call and never votes.</summary>
    [Theory]
    [InlineData("--no-voting")]
    [InlineData("--restricted-repair-only-mode")]
    public async Task H9_InspectAsync_StartedWithAFlagAgainstVoting_ReadsIt(string flag)
    {
        await StartAsync("HOME", [Program, flag, "--identity", "identity.json", "--ledger", "LEDGER", "--authorized-voter", Voter]);

        (await InspectAsync()).Process!.Flags.Should().Equal(flag);
    }

    [Theory]
    [InlineData("--tower-storage", "etcd")]
    [InlineData("--tower-storage=etcd")]
    public async Task H9_InspectAsync_StartedWithTowersInEtcd_ReadsIt(params string[] option)
    {
        await StartAsync("HOME", [Program, "--identity", "identity.json", "--ledger", "LEDGER", .. option]);

        (await InspectAsync()).Process!.TowerStorage.Should().Be("etcd");
    }

    [Fact]
    public async Task H9_InspectAsync_VoteAccountIsAnAddress_ReadsIt()
    {
        await StartAsync("HOME", [Program, "--identity", "identity.json", "--ledger", "LEDGER", "--vote-account", NodeFolders.StakedIdentity.ToString()]);

        (await InspectAsync()).Process!.VoteAccount!.Key.Should().Be(NodeFolders.StakedIdentity);
    }

    [Fact]
    public async Task H9_InspectAsync_VoteAccountIsAKeypairFile_ReadsItsAddress()
    {
        await StartAsync("HOME", [Program, "--identity", "identity.json", "--ledger", "LEDGER", $"--vote-account={Voter}"]);

        (await InspectAsync()).Process!.VoteAccount!.Key.Should().Be(NodeFolders.StakedIdentity);
    }

    [Fact]
    public async Task H9_InspectAsync_NoVoteAccount_IsSaid()
    {
        await StartAsync("HOME", [Program, "--identity", "identity.json", "--ledger", "LEDGER"]);

        (await InspectAsync()).Process!.VoteAccount.Should().BeNull();
    }

    [Fact]
    public async Task H5_InspectAsync_VotersOfTheSettings_ShowTheirPublicHalves()
    {
        (await InspectAsync()).AuthorizedVoters.Should().Equal(NodeFolders.StakedIdentity);
        (await InspectAsync(_node.Settings.With(it => it.AuthorizedVoters = [_node.Settings.StakedKeypair, _folder.File("none.json")]))).AuthorizedVoters.Should().BeNull("one of them cannot be read");
    }

    [Fact]
    public async Task InspectAsync_OtherProgramsHaveTheSameLetters_AreNoValidators()
    {
        await StartAsync("HOME", [Program, "-i", "identity.json", "-l", "sol", "host.example.com"]);

        (await InspectAsync()).Processes.Should().NotContain(process => process.ProcessId == _processes[0].Id, "it might have been ssh");
    }

    [Fact]
    public async Task InspectAsync_VotersOfOtherLedgers_AreListedWithoutTheirKeys()
    {
        await StartAsync("HOME", [Program, "--identity", "identity.json", "--authorized-voter", Voter, "--ledger", "HOME"]);
        await StartAsync("HOME", [Program, "--identity", "identity.json", "--authorized-voter", Voter, "--ledger", "LEDGER"]);

        var found = (await InspectAsync()).Processes!;

        ShouldBeAsInSettings(found.Single(process => process.ProcessId == _processes[1].Id));
        var other = found.Single(process => process.ProcessId == _processes[0].Id);
        other.Ledger!.IsAsInSettings.Should().BeFalse();
        other.AuthorizedVoters.Should().ContainSingle().Which.Key.Should().BeNull();
    }

    /// <summary>A busy node has many processes, and starting a program is what takes time there.</summary>
    [Fact]
    public async Task InspectAsync_MoreValidatorsRun_StartsNoMorePrograms()
    {
        string[] tools = ["grep", "sed", "stat", "tr"];
        var count = _folder.File("count");
        var counting = Directory.CreateDirectory(_folder.File("counting")).FullName;
        foreach (var tool in tools)
        {
            var path = Path.Combine(counting, tool);
            File.WriteAllText(path, $"#!/bin/sh\necho {tool} >>'{count}'\nexec /usr/bin/{tool} \"$@\"\n");
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        await using var shell = new LocalShell(environment: new Dictionary<string, string> { ["PATH"] = $"{counting}:{Environment.GetEnvironmentVariable("PATH")}" });
        await using var talk = new NodeShell(shell, new NodeShellOptions { LockFile = Path.Combine(_node.Ledger, "tachyon-failover.lock") });
        await StartAsync("/", [Program, "--identity", "HOME/identity.json", "--ledger", "LEDGER", "--authorized-voter", $"HOME/{Voter}"]);
        var one = await CountAsync(1);

        for (var i = 0; i < 4; i++)
        {
            await StartAsync("/", [Program, "--identity", "HOME/identity.json", "--ledger", "HOME", "--authorized-voter", $"HOME/{Voter}"]);
        }

        (await CountAsync(5)).Should().Equal(one).And.Contain(tools);

        async Task<string[]> CountAsync(int processes)
        {
            File.Delete(count);
            var found = (await InspectAsync(talk: talk)).Processes!;
            found.Select(process => process.ProcessId).Should().Contain(_processes.Select(process => process.Id)).And.HaveCountGreaterThanOrEqualTo(processes);
            return [.. (await File.ReadAllLinesAsync(count, Token)).Order(StringComparer.Ordinal)];
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes)
        {
            // The script ends with its input, and after it the process that started it.
            process.StandardInput.Close();
            await process.WaitForExitAsync(CancellationToken.None);
            process.Dispose();
        }

        await _talk.DisposeAsync();
        await _shell.DisposeAsync();
        _folder.Dispose();
    }

    private static void ShouldBeAsInSettings(StartCommand? found)
    {
        found!.Identity!.IsAsInSettings.Should().BeTrue("{0}", found.Identity);
        found.Ledger!.IsAsInSettings.Should().BeTrue("{0}", found.Ledger);
        found.TowerFolder!.IsAsInSettings.Should().BeTrue("the ledger has the towers");
        found.AuthorizedVoters.Should().ContainSingle();
        found.AuthorizedVoters[0].IsAsInSettings.Should().BeTrue("{0}", found.AuthorizedVoters[0]);
        found.AuthorizedVoters[0].Key.Should().Be(NodeFolders.StakedIdentity);
    }

    private async Task StartAsync(string at, string[] words)
    {
        var (program, arguments) = (words[0], words[1..].Select(InFolders));
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = InFolders(at), UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true };
        var process = Process.Start(start)!;
        _processes.Add(process);
        (await process.StandardOutput.ReadLineAsync(Token)).Should().Be("up");
    }

    private string InFolders(string text) => text
        .Replace("LEDGERNAME", Path.GetFileName(_node.Ledger), StringComparison.Ordinal)
        .Replace("HOMENAME", Path.GetFileName(_node.Home), StringComparison.Ordinal)
        .Replace("LEDGER", _node.Ledger, StringComparison.Ordinal)
        .Replace("HOME", _node.Home, StringComparison.Ordinal);

    private async Task<ValidatorInspection> InspectAsync(ValidatorNodeSettings? settings = null, NodeShell? talk = null) =>
        (await new ShellValidatorHost(talk ?? _talk, (settings ?? _node.Settings).With(it => it.Program = Program), NodeFolders.StakedIdentity).InspectAsync(Token)).Value!;
}
