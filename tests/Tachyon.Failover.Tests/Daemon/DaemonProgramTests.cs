using FluentAssertions;
using Tachyon.Failover.Pairs;
using Tachyon.Failover.Tests.Cli;
using Tachyon.Failover.Daemon;
using Tachyon.Failover.Daemon.Monitoring;
using Xunit;

namespace Tachyon.Failover.Tests.Daemon;

public sealed class DaemonProgramTests : IDisposable
{
    private readonly CliScene _scene = new();
    private readonly StringWriter _out = new();
    private readonly StringWriter _error = new();
    private DaemonArguments? _run;

    [Fact]
    public async Task RunAsync_NoOption_MonitorsDisabled()
    {
        (await RunAsync()).Should().Be(0, "{0}", _error);

        _run.Should().Match<DaemonArguments>(run => !run.Enable && run.Guard == null);
    }

    [Fact]
    public async Task RunAsync_Arm_IsEnabled()
    {
        await RunAsync("--enable");

        _run!.Enable.Should().BeTrue();
    }

    [Theory]
    [InlineData("--guard c", "--guard: --guard is \"c\"")]
    [InlineData("--guard a --enable", "--enable: --enable and --guard are both given")]
    [InlineData("--arms", "See: tachyon-failoverd --help")]
    public async Task RunAsync_ArgumentsThatCannotBe_AreRefusedWithTheRemedy(string words, string told)
    {
        (await RunAsync(words.Split(' '))).Should().Be(64);

        _error.ToString().Should().Contain(told);
        _run.Should().BeNull();
    }

    [Fact]
    public async Task RunAsync_GuardWithoutAnybodyElseToAsk_IsRefused()
    {
        _scene.Pair = _scene.Pair!.Replace("  \"cluster\": \"https://rpc.example.com\",\n", "", StringComparison.Ordinal);

        (await RunAsync("--guard", "a")).Should().Be(64);

        _error.ToString().Should().Contain("a guard cannot count on its own node's view").And.Contain("add cluster or witnesses");
    }

    /// <summary>What it needs to watch must exist before it starts. A guard, and an operator's command, run without.</summary>
    [Theory]
    [InlineData(64, "--enable")]
    [InlineData(64, "check")]
    [InlineData(0, "--guard", "a")]
    [InlineData(0, "reenable")]
    public async Task RunAsync_HookAndVariableAreNotOnThisMachine_OnlyAWatchIsRefused(int code, params string[] args)
    {
        _scene.Pair = _scene.Pair!.Replace(
            "\"options\"", $"\"journal\": \"{_scene.Home}/pair.journal\", \"daemon\": {{ \"hooks\": [ {{ \"when\": \"after\", \"command\": [\"/nowhere/x\"] }} ], \"webhook\": {{ \"urlVariable\": \"HOOK\" }} }}, \"options\"", StringComparison.Ordinal);

        (await RunAsync(args)).Should().Be(code, "{0}", _error);

        _error.ToString().Contains("/nowhere/x", StringComparison.Ordinal).Should().Be(code != 0);
        _error.ToString().Contains("no such environment variable", StringComparison.Ordinal).Should().Be(code != 0);
    }

    [Theory]
    [InlineData("check")]
    [InlineData("reenable")]
    [InlineData("--enable")]
    [InlineData("--guard", "a")]
    public async Task RunAsync_FieldIsGone_SaysSoOnceAndRuns(params string[] args)
    {
        _scene.Pair = _scene.Pair!.Replace("\"verifyTimeout\"", "\"choosesMoment\": false, \"verifyTimeout\"", StringComparison.Ordinal);

        (await RunAsync(args)).Should().Be(0, "{0}", _error);

        _error.ToString().Should().Be($"{_scene.PairPath}, line 25: options.choosesMoment is gone and does nothing: a switchover does not choose the moment of its fence. Take it out.{Environment.NewLine}");
    }

    [Fact]
    public async Task Check_GuardedPair_PrintsTheArithmetic()
    {
        _scene.Pair = _scene.Pair!.Replace("\"options\"", "\"daemon\": { \"guard\": {} }, \"options\"", StringComparison.Ordinal);

        (await RunAsync("check")).Should().Be(0, "{0}", _error);

        _out.ToString().Should().Contain("can be used").And.Contain("= 17.17 s; the daemon waits 20 s");
        _run.Should().BeNull();
    }

    [Fact]
    public async Task Check_GoodPair_NamesTheFilesThatDaemonAndPersonMustShare()
    {
        _scene.Pair = _scene.Pair!.Replace("\"options\"", $"\"journal\": \"{_scene.Home}/state/pair.journal\", \"pause\": \"{_scene.Home}/state/pair.pause\", \"options\"", StringComparison.Ordinal);

        (await RunAsync("check")).Should().Be(0, "{0}", _error);

        _out.ToString().Should().Contain($"Journal: {_scene.Home}/state/pair.journal").And.Contain($"Pause:   {_scene.Home}/state/pair.pause");
        Directory.Exists($"{_scene.Home}/state").Should().BeFalse();
    }

    [Fact]
    public async Task Reenable_FolderOfTheJournalIsNotThere_HasNothingToDo()
    {
        _scene.Pair = _scene.Pair!.Replace("\"cluster\"", $"\"journal\": \"{_scene.Home}/state/pair.journal\", \"cluster\"", StringComparison.Ordinal);

        (await RunAsync("reenable")).Should().Be(0, "{0}", _error);

        _out.ToString().Should().Contain("nothing to do");
    }

    [Fact]
    public async Task Reenable_AfterATakeover_TakesTheMarkAwayAndSaysSo()
    {
        _scene.Pair = _scene.Pair!.Replace("\"cluster\"", $"\"journal\": \"{_scene.Home}/state/pair.journal\", \"cluster\"", StringComparison.Ordinal);
        var mark = TakeoverMark.Beside($"{_scene.Home}/state/pair.journal");
        mark.Write("It took over from a to b");

        (await RunAsync("reenable")).Should().Be(0, "{0}", _error);
        (await RunAsync("reenable")).Should().Be(0);

        mark.Read().Should().BeNull();
        _out.ToString().Should().Contain("It took over from a to b").And.Contain("nothing to do");
    }

    public void Dispose()
    {
        _scene.Dispose();
        _out.Dispose();
        _error.Dispose();
    }

    private Task<int> RunAsync(params string[] args) => DaemonProgram.RunAsync(
        [.. args, "--pair", _scene.PairPath],
        new PairFileSurroundings { Environment = _scene.Environment, HomeFolder = _scene.Home },
        _out,
        _error,
        (_, arguments) =>
        {
            _run = arguments;
            return Task.FromResult(0);
        });
}
