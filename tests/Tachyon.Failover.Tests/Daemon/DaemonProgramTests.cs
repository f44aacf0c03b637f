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

    /// <summary>A user who may write the file has hooks and stop commands run. A command that touches no node only warns.</summary>
    [Theory]
    [InlineData(64, "--enable")]
    [InlineData(64, "--guard", "a")]
    [InlineData(0, "check")]
    [InlineData(0, "reenable")]
    public async Task X15_RunAsync_EveryUserMayWriteThePairFile_IsNotEnabled(int code, params string[] args)
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no file modes.");
            return;
        }

        File.SetUnixFileMode(_scene.PairPath, (UnixFileMode)0b110_110_110);

        (await RunAsync(args)).Should().Be(code, "{0}", _error);

        _error.ToString().Should().Contain($"chmod 600 {_scene.PairPath}");
        _run.Should().BeNull();
    }

    /// <summary>It was said to be usable, and the daemon was started again and again.</summary>
    [Theory]
    [InlineData("check")]
    [InlineData("--enable")]
    [InlineData("reenable")]
    public async Task X11_RunAsync_RpcThatTheLibraryRefuses_IsAnErrorOfThePairFile(params string[] args)
    {
        _scene.Pair = _scene.Pair!.Replace("https://rpc.example.com", "https://me:hunter2@rpc.example.com", StringComparison.Ordinal);

        (await RunAsync(args)).Should().Be(64);

        _error.ToString().Should().Contain("line ").And.Contain("cluster holds a user name").And.NotContain("hunter2");
    }

    /// <summary>A pair file that passes the check can be built, with any address of an RPC.</summary>
    [Theory]
    [InlineData("http://[::1]:8899/?key=a@b#c")]
    [InlineData("http://@h")]
    [InlineData("http://a:b@h")]
    [InlineData("http://h:0")]
    [InlineData("http://h:65536")]
    [InlineData("http://")]
    [InlineData("http:///x")]
    [InlineData("https://user@h/x")]
    [InlineData("https://h/a@b")]
    [InlineData("HTTP://H")]
    [InlineData("ftp://h")]
    [InlineData("http:h")]
    [InlineData("http://ü.example")]
    public async Task X11_Check_AnyAddress_IsGoodIfAndOnlyIfTheConnectionsCanBeBuilt(string address)
    {
        var good = new Dictionary<string, (string Option, string Value)>(StringComparer.Ordinal);
        var file = PairFileReader.Read(_scene.PairPath, new PairFileSurroundings { Environment = _scene.Environment, HomeFolder = _scene.Home }, good);
        _scene.Pair = _scene.Pair!.Replace("https://rpc.example.com", address, StringComparison.Ordinal);

        var code = await RunAsync("check");

        code.Should().Be(await CanBeBuiltAsync(file, address) ? 0 : 64, "{0}", _error);
    }

    [Fact]
    public void X15_Mark_OfATakeover_IsForItsOwnerOnly()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no file modes.");
            return;
        }

        var mark = TakeoverMark.Beside($"{_scene.Home}/pair.journal");

        mark.Write("It took over from a to b");

        File.GetUnixFileMode(mark.Path).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    public void Dispose()
    {
        _scene.Dispose();
        _out.Dispose();
        _error.Dispose();
    }

    private static async Task<bool> CanBeBuiltAsync(PairFile file, string address)
    {
        try
        {
            await using var open = PairOpener.Build(file with { Cluster = new Uri(address) }, TimeProvider.System);
            return true;
        }
        catch (Exception exception) when (exception is PairFileException or UriFormatException)
        {
            return false;
        }
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
