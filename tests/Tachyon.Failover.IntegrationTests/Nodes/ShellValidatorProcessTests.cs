using System.Diagnostics;
using System.Globalization;
using System.Runtime.Versioning;
using FluentAssertions;
using Tachyon.Failover.Contracts;
using Tachyon.Failover.IntegrationTests.Shells;
using Tachyon.Failover.Nodes;
using Tachyon.Failover.Shells;
using Xunit;

namespace Tachyon.Failover.IntegrationTests.Nodes;

[UnsupportedOSPlatform("windows")]
public sealed class LocalValidatorProcessTests() : ShellValidatorProcessTests(new LocalShell());

[UnsupportedOSPlatform("windows")]
public sealed class SshValidatorProcessTests(SshdFixture sshd) : ShellValidatorProcessTests(new SshNetShell(sshd.Options)), IClassFixture<SshdFixture>;

/// <summary>Which processes are stopped and which are not. What is stopped here only looks like a validator.</summary>
[UnsupportedOSPlatform("windows")]
[RunsContract(typeof(ShellValidatorProcess))]
public abstract class ShellValidatorProcessTests : ValidatorProcessContract, IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly NodesFixture _nodes = new();
    private readonly PlayedValidator _played;
    private readonly IShell _shell;
    private readonly NodeShell _talk;
    private Process? _validator;

    protected ShellValidatorProcessTests(IShell shell)
    {
        _shell = shell;
        _played = new PlayedValidator(_folder);
        _talk = _nodes.Talk(shell, _nodes.Source);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private ValidatorNodeSettings Settings => _nodes.Source.Settings.With(it => { it.Program = _played.Program; it.TimeLimits = new ValidatorTimeLimits { Stop = TimeSpan.FromSeconds(2) }; });

    protected override IValidatorProcess Process => new ShellValidatorProcess(_talk, Settings);

    protected override IValidatorProcess UnreachableProcess => new ShellValidatorProcess(_nodes.Talk(new UnreachableShell(), _nodes.Source), Settings);

    protected override async Task StartAsync() => _validator = await _played.StartAsync(_nodes.Source);

    protected override Task FreezeAsync() => RunAsync("kill", "-STOP", _validator!.Id.ToString(CultureInfo.InvariantCulture));

    protected override Task HangAsync()
    {
        _ = _talk.RunAsync(ShellScript.Create($"sleep 20"), TimeSpan.FromSeconds(3), CancellationToken.None);
        return Task.CompletedTask;
    }

    protected override async Task<bool> HasEndedAsync(TimeSpan within)
    {
        // The parent hears of a child's end a little later.
        await Task.WhenAny(_validator!.WaitForExitAsync(Token), Task.Delay(within, TimeProvider.System, Token));
        return _validator.HasExited;
    }

    [Theory]
    [InlineData("sleep 500 & echo started")]
    [InlineData("sleep 500")]
    public async Task F4_StopAsync_StopCommandLeavesAProcessOrDoesNotEnd_EndsAlike(string command)
    {
        var validator = await _played.StartAsync(_nodes.Source);
        var process = new ShellValidatorProcess(_talk, Settings.With(it => it.StopCommand = ["sh", "-c", command]));

        (await process.StopAsync(Token)).IsDone.Should().BeTrue();

        await ShouldBeGoneAsync(validator, "it is killed with any result of the command");
    }

    [Fact]
    public async Task StopAsync_TwoLedgers_StopsTheOneOfTheSettings()
    {
        var ours = await _played.StartAsync(_nodes.Source);
        var other = await _played.StartAsync(_nodes.Target);

        (await Process.StopAsync(Token)).Should().Be(CallResult.Done());

        await ShouldBeGoneAsync(ours, "TERM does not end it, and it is read back");
        other.HasExited.Should().BeFalse("its ledger is another one");
    }

    [Fact]
    public async Task StopAsync_StartedByAnotherProgram_BothAreGone()
    {
        var wrapper = await _played.StartAsync(_nodes.Source, "timeout", "60");

        (await Process.StopAsync(Token)).IsDone.Should().BeTrue();

        await ShouldBeGoneAsync(wrapper);
    }

    [Fact]
    public async Task StopAsync_NobodyTakesNoteOfItsDeath_IsGoneAllTheSame()
    {
        // The parent becomes a program that never waits for its children, so that the process stays as a zombie.
        await _played.StartAsync(_nodes.Source, "sh", "-c", "\"$@\" </dev/zero & exec sleep 60", "sh");

        (await Process.StopAsync(Token)).Should().Be(CallResult.Done());
    }

    [Fact]
    public async Task StopAsync_Command_IsRunWordByWordAndWhatIsLeftIsKilled()
    {
        var validator = await _played.StartAsync(_nodes.Source);
        var trace = _folder.File("trace");
        var process = new ShellValidatorProcess(_talk, Settings.With(it => it.StopCommand = ["sh", "-c", "printf '%s|' \"$@\" >\"$0\"; exit 3", trace, "a b", "$(id)", "'"]));

        var result = await process.StopAsync(Token);

        result.Should().Be(CallResult.Done("the stop command ended with status 3"));
        (await File.ReadAllTextAsync(trace, Token)).Should().Be("a b|$(id)|'|");
        await ShouldBeGoneAsync(validator);
    }

    [Fact]
    public async Task StopAsync_CommandThatHangs_IsEndedAndTheRestIsKilled()
    {
        var validator = await _played.StartAsync(_nodes.Source);

        (await new ShellValidatorProcess(_talk, Settings.With(static it => it.StopCommand = ["sleep", "60"])).StopAsync(Token)).IsDone.Should().BeTrue();

        await ShouldBeGoneAsync(validator);
    }

    [Fact]
    public async Task StopAsync_NoneRuns_IsASuccessAndTheCommandIsRunAllTheSame()
    {
        var trace = _folder.File("trace");

        (await Process.StopAsync(Token)).Should().Be(CallResult.Done("none was running"));
        (await new ShellValidatorProcess(_talk, Settings.With(it => it.StopCommand = ["touch", trace])).StopAsync(Token)).IsDone.Should().BeTrue();

        File.Exists(trace).Should().BeTrue("a supervisor may be about to start one");
    }

    [Fact]
    public async Task StopAsync_OneAnswersThatNoProcessShows_IsNotDone()
    {
        _played.Answer("Identity: x", status: 0);

        var result = await Process.StopAsync(Token);

        result.Outcome.Should().Be(CallOutcome.NotDone);
        result.Failure.Should().Be(CallFailure.Refused);
        result.Detail.Should().Contain(_nodes.Source.Ledger).And.Contain("a validator answers");
    }

    public static TheoryData<string, bool> Bystanders => new()
    {
        { "wait-for-restart-window --identity KEYPAIR", false },
        { "wait-for-restart-window --identity KEYPAIR", true },
        { "--identity 9QxCLckBiJc783jnMvXZubK4wH86Eqqvashtrwvcsgkv", false },
        { "--identity 9QxCLckBiJc783jnMvXZubK4wH86Eqqvashtrwvcsgkv", true },
    };

    /// <summary>The client's own command waits there, say, and names ledger and identity.</summary>
    [Theory]
    [MemberData(nameof(Bystanders))]
    public async Task F1_StopAsync_Bystander_NeitherCountsNorIsKilled(string words, bool withValidator)
    {
        var bystander = await StartBystanderAsync(words);
        var validator = withValidator ? await _played.StartAsync(_nodes.Source) : null;

        var result = await Process.StopAsync(Token);

        result.IsDone.Should().BeTrue("{0}", result);
        bystander.HasExited.Should().BeFalse("it is no validator of this ledger");
        if (validator is not null)
        {
            await ShouldBeGoneAsync(validator);
        }
    }

    /// <summary>The validator runs where its command line names another path, and hangs; beside it stands a bystander.</summary>
    [Theory]
    [InlineData("Identity: x", 0, CallOutcome.NotDone)]
    [InlineData("error: Retry once validator start up is complete", 1, CallOutcome.NotDone)]
    [InlineData("", 124, CallOutcome.Unknown)]
    [InlineData("error: Permission denied (os error 13)", 1, CallOutcome.Unknown)]
    [InlineData("nobody knows these words", 1, CallOutcome.Unknown)]
    public async Task F1_StopAsync_SomebodyHasTheSocketOrItCannotBeTold_IsNotDoneWhateverWasKilled(string words, int status, CallOutcome expected)
    {
        var bystander = await StartBystanderAsync("wait-for-restart-window --identity KEYPAIR");
        _played.Answer(words, status);

        (await Process.StopAsync(Token)).Outcome.Should().Be(expected);
        bystander.HasExited.Should().BeFalse();

        var killed = await _played.StartAsync(_nodes.Source);
        (await Process.StopAsync(Token)).Outcome.Should().Be(expected, "what was killed is not what answers");
        await ShouldBeGoneAsync(killed);
    }

    [Fact]
    public async Task H7_VerifyStoppedAsync_LedgerFolderIsAnotherOrItsProgramIsMissing_IsUnknown()
    {
        foreach (var settings in (ValidatorNodeSettings[])[Settings.With(it => it.Ledger = _folder.File("no-ledger")), Settings.With(it => it.Program = _folder.File("no-program"))])
        {
            (await new ShellValidatorProcess(_talk, settings).VerifyStoppedAsync(Token)).Outcome.Should().Be(CallOutcome.Unknown);
            (await new ShellValidatorProcess(_talk, settings).StopAsync(Token)).IsDone.Should().BeFalse();
        }
    }

    [Fact]
    public async Task F4_StopAsync_CommandLeavesAProcessInTheBackground_IsSeenToBeStoppedAllTheSame()
    {
        var validator = await _played.StartAsync(_nodes.Source);

        var result = await new ShellValidatorProcess(_talk, Settings.With(static it => it.StopCommand = ["sh", "-c", "sleep 12 & echo started"])).StopAsync(Token);

        result.IsDone.Should().BeTrue("{0}", result);
        await ShouldBeGoneAsync(validator);
    }

    [Fact]
    public async Task StopAsync_TheLedgerIsGone_ItsNameStillFindsTheProcess()
    {
        var validator = await _played.StartAsync(_nodes.Source);
        Directory.Delete(_nodes.Source.Ledger, recursive: true);

        var result = await Process.StopAsync(Token);

        await ShouldBeGoneAsync(validator);
        result.Outcome.Should().Be(CallOutcome.Unknown, "without its folder the state is unknown: {0}", result);
    }

    [Fact]
    public async Task CommandToStop_RunByAPerson_StopsTheOneOfTheSettings()
    {
        var ours = await _played.StartAsync(_nodes.Source);
        var other = await _played.StartAsync(_nodes.Target);

        await RunAsync("sh", "-c", Process.CommandToStop);

        await ShouldBeGoneAsync(ours);
        other.HasExited.Should().BeFalse();
        new ShellValidatorProcess(_talk, Settings.With(static it => { it.RunAs = "sol"; it.StopCommand = ["systemctl", "stop", "sol node"]; })).CommandToStop
            .Should().Be("sudo -u 'sol' -- 'systemctl' 'stop' 'sol node'");
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await _played.DisposeAsync();
        await _nodes.DisposeAsync();
        await _shell.DisposeAsync();
        _folder.Dispose();
    }

    private Task<Process> StartBystanderAsync(string words) =>
        _played.StartBystanderAsync(["--ledger", _nodes.Source.Ledger, .. words.Replace("KEYPAIR", _nodes.Source.Settings.StakedKeypair, StringComparison.Ordinal).Split(' ')]);

    /// <summary>That a child has ended is told to its parent a little later.</summary>
    private static async Task ShouldBeGoneAsync(Process process, string because = "")
    {
        var ending = () => process.WaitForExitAsync(Token).WaitAsync(Patience.Limit, TimeProvider.System, Token);
        await ending.Should().NotThrowAsync(because);
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = System.Diagnostics.Process.Start(program, arguments);
        await process.WaitForExitAsync(Token);
    }
}
