using System.Globalization;
using System.Text.Json;
using FluentAssertions;
using Tachyon.Failover.Pairs;
using Xunit;

namespace Tachyon.Failover.Tests.Cli;

/// <summary>The program's messages about a pair file, before it contacts any node.</summary>
public sealed class PairFileTests : IDisposable
{
    private readonly CliScene _scene = new();

    public static TheoryData<string> OneMistake => [.. Mistakes.All.Select(mistake => mistake.Name)];

    [Theory]
    [MemberData(nameof(OneMistake))]
    public async Task Status_MistakeInThePairFile_IsToldWithLineFieldAndRemedy(string name)
    {
        var mistake = Mistakes.All.Single(mistake => mistake.Name == name);
        CliScene.GoodPair.Should().Contain(mistake.From, "that is what the person changes");
        _scene.Pair = CliScene.GoodPair.Replace(mistake.From, mistake.To, StringComparison.Ordinal);

        var code = await _scene.RunAsync("status");

        code.Should().Be(64);
        _scene.Out.Should().BeEmpty();
        var told = _scene.Error.Split('\n');
        var at = Array.FindIndex(told, line => line.StartsWith(string.Create(CultureInfo.InvariantCulture, $"line {mistake.Line}: {mistake.Problem}"), StringComparison.Ordinal));
        at.Should().BeGreaterThan(0, "of\n{0}", _scene.Error);
        told[at + 1].Should().StartWith("    To mend it: ").And.Contain(mistake.Remedy);
    }

    [Fact]
    public async Task Status_NothingWrong_GoesOnToTheNodes()
    {
        PairFile? read = null;
        _scene.Open = file =>
        {
            read = file;
            throw new OperationCanceledException("seen");
        };

        await _scene.RunAsync("status");

        read.Should().NotBeNull("of\n{0}", _scene.Error);
        read!.First.Ssh!.KeyFile.Should().Be(Path.Combine(_scene.Home, ".ssh/id_ed25519"));
        read.First.Address.Should().Be("sol@north.example.com");
        read.Second.OpenSsh!.Host.Should().Be("south");
        read.Second.Validator.RpcPort.Should().Be(8899);
        read.Options.MinimumIdle.Should().BeNull();
        read.Options.VerifyTimeout.Should().Be(TimeSpan.FromSeconds(30));
        read.Journal.Should().Be(Path.Combine(_scene.Home, ".local/state/tachyon-failover/AykuShNXpnPj3zE7hs5dyYVequ4CWBHnr7Fe6NZbSWJq.journal"));
    }

    /// <summary>A file that was written for an earlier version runs as it is.</summary>
    [Theory]
    [InlineData("false")]
    [InlineData("true")]
    [InlineData("\"yes\"")]
    public async Task Status_FieldIsGone_SaysSoOnceAndGoesOnToTheNodes(string value)
    {
        _scene.Pair = CliScene.GoodPair.Replace("\"verifyTimeout\": \"30s\"", $"\"verifyTimeout\": \"30s\",\n    \"choosesMoment\": {value}", StringComparison.Ordinal);
        _scene.Open = _ => throw new OperationCanceledException("seen");

        (await _scene.RunAsync("status")).Should().Be(130);

        _scene.Error.Split('\n').Should().ContainSingle(line => line == $"{_scene.PairPath}, line 26: options.choosesMoment is gone and does nothing: a switchover does not choose the moment of its fence. Take it out.");
    }

    [Fact]
    public async Task Status_FieldHasAnotherNameNow_IsReadAndSaysSoOnce()
    {
        _scene.Pair = CliScene.GoodPair.Replace("\"verifyTimeout\": \"30s\"", "\"verifyTimeout\": \"30s\",\n    \"resolveTimeout\": \"1s\"", StringComparison.Ordinal);

        (await _scene.RunAsync("status")).Should().Be(64);

        _scene.Error.Should().Contain("line 26: options.rollbackTimeout is 1 s", "it is read and checked under its new name");
        _scene.Pair = _scene.Pair.Replace("\"1s\"", "\"90s\"", StringComparison.Ordinal);
        _scene.Open = _ => throw new OperationCanceledException("seen");

        (await _scene.RunAsync("status")).Should().Be(130);

        _scene.Error.Split('\n').Should().ContainSingle(line => line == $"{_scene.PairPath}, line 26: options.resolveTimeout is called options.rollbackTimeout now. It was read; rename it.");
    }

    [Fact]
    public void Renamed_EveryOne_IsAFieldNowAndWasOneOnce() =>
        PairFields.Renamed.Should().NotBeEmpty().And.OnlyContain(name => PairFields.Find(name.Value) != null && PairFields.Find(name.Key) == null);

    [Fact]
    public async Task Status_VariableOfAFieldThatIsGone_IsNamed()
    {
        _scene.Environment["TACHYON_FAILOVER_OPTIONS__CHOOSESMOMENT"] = "false";
        _scene.Open = _ => throw new OperationCanceledException("seen");

        (await _scene.RunAsync("status")).Should().Be(130);

        _scene.Error.Should().Contain("TACHYON_FAILOVER_OPTIONS__CHOOSESMOMENT: options.choosesmoment is gone and does nothing");
    }

    /// <summary>A key that only root may read gets a message of its own: a user would search in vain for a wrong path. A folder in its place is refused in the same way, to root as well.</summary>
    [Fact]
    public async Task W16_Status_KeyFileCannotBeRead_IsNotSaidToBeMissing()
    {
        _scene.Pair = CliScene.GoodPair.Replace("~/.ssh/id_ed25519", "~/.ssh", StringComparison.Ordinal);

        (await _scene.RunAsync("status")).Should().Be(64);

        _scene.Error.Should().Contain($"cannot be read by the user {Environment.UserName}").And.NotContain("there is no such file");
    }

    [Fact]
    public async Task E2_Watch_AsksForMoreWitnessesThanTheFileNames_IsToldAtTheFieldBeforeAnythingIsAsked()
    {
        _scene.Pair = CliScene.GoodPair.Replace("\"options\": {", "\"daemon\": { \"monitor\": { \"minimumWitnesses\": 7 } },\n  \"options\": {", StringComparison.Ordinal);

        (await _scene.RunAsync("watch")).Should().Be(64);

        _scene.Error.Should().Contain("line 23: daemon.monitor.minimumWitnesses is 7, and the file names 2, the inactive node's own RPC included").And.Contain("To mend it: Name a JSON-RPC in cluster, or more in witnesses");
    }

    [Fact]
    public async Task E2_Takeover_BySilenceAndTooFewCanSeeIt_IsToldBeforeAnythingIsAsked()
    {
        _scene.Pair = CliScene.GoodPair.Replace("  \"cluster\": \"https://rpc.example.com\",\n", "", StringComparison.Ordinal);

        (await _scene.RunAsync("takeover", "--to", "b", "--yes", "--least-grade", "observed")).Should().Be(64);

        _scene.Error.Should().Contain("daemon.monitor.minimumWitnesses is 2, and the file names 1");
    }

    /// <summary>Commands that use no witnesses do not require any.</summary>
    [Theory]
    [InlineData("status")]
    [InlineData("takeover", "--to", "b", "--yes")]
    public async Task E2_OtherCommands_TooFewWitnesses_GoOnToTheNodes(params string[] args)
    {
        _scene.Pair = CliScene.GoodPair.Replace("  \"cluster\": \"https://rpc.example.com\",\n", "", StringComparison.Ordinal);
        _scene.Open = _ => throw new OperationCanceledException("seen");

        (await _scene.RunAsync(args)).Should().Be(130);
    }

    [Fact]
    public async Task Status_CommentsAndCommasAtTheEnd_AreTaken()
    {
        _scene.Pair = CliScene.GoodPair.Replace("\"rpcPort\": 8899", "\"rpcPort\": 8899, // its own", StringComparison.Ordinal);
        _scene.Open = _ => throw new OperationCanceledException("seen");

        (await _scene.RunAsync("status")).Should().Be(130);
    }

    [Fact]
    public async Task Status_SeveralMistakes_AreToldAllAtOnceInTheirOrder()
    {
        _scene.Pair = Broken.Pair;

        (await _scene.RunAsync("status")).Should().Be(64);

        _scene.Error.Should().Contain("5 errors").And.Contain("No node was spoken to");
        _scene.Error.Split('\n').Where(line => line.StartsWith("line ", StringComparison.Ordinal)).Select(line => line.Split(':')[0]).Should().Equal("line 2", "line 6", "line 7", "line 14", "line 23");
        Broken.ShouldBeRecorded(_scene.Error.Replace(_scene.PairPath, "pair.json", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Status_OneNodeOnly_IsToldThatAPairHasTwo()
    {
        var second = CliScene.GoodPair[CliScene.GoodPair.IndexOf(",\n    {\n      \"name\": \"b\"", StringComparison.Ordinal)..CliScene.GoodPair.IndexOf("\n  ],", StringComparison.Ordinal)];
        _scene.Pair = CliScene.GoodPair.Replace(second, "", StringComparison.Ordinal);

        (await _scene.RunAsync("status")).Should().Be(64);

        _scene.Error.Should().Contain("one error").And.Contain("line 4: nodes has 1 entry").And.Contain("a pair has two nodes");
    }

    [Fact]
    public async Task Status_NoPairFile_SaysHowToWriteOne()
    {
        _scene.Pair = null;

        (await _scene.RunAsync("status")).Should().Be(64);

        _scene.Error.Should().Contain("there is no such file").And.Contain("tachyon-failover init");
    }

    [Fact]
    public async Task Status_PairFileIsAFolder_SaysSo()
    {
        (await _scene.RunAsync("status", "--pair", _scene.Home)).Should().Be(64);

        _scene.Error.Should().Contain("see that it is a file that you may read");
    }

    [Fact]
    public async Task Status_MistakesAndJson_OneObjectHoldsThem()
    {
        _scene.Pair = Broken.Pair;

        (await _scene.RunAsync("status", "--json")).Should().Be(64);

        _scene.Error.Should().BeEmpty();
        using var json = JsonDocument.Parse(_scene.Out);
        json.RootElement.GetProperty("version").GetInt32().Should().Be(1);
        json.RootElement.GetProperty("failure").GetString().Should().Be("pairFile");
        json.RootElement.GetProperty("exitCode").GetInt32().Should().Be(64);
        var errors = json.RootElement.GetProperty("errors").EnumerateArray().ToList();
        errors.Should().HaveCount(5);
        errors[0].GetProperty("line").GetInt32().Should().Be(2);
        errors[0].GetProperty("field").GetString().Should().Be("identity");
        errors[0].GetProperty("value").GetString().Should().Be("AykuShNX");
    }

    [Fact]
    public async Task Status_EnvironmentVariable_GoesBeforeTheFile()
    {
        _scene.Environment["TACHYON_FAILOVER_NODES__1__RPCPORT"] = "9000";
        PairFile? read = null;
        _scene.Open = file =>
        {
            read = file;
            throw new OperationCanceledException("seen");
        };

        await _scene.RunAsync("status");

        read!.Second.Validator.RpcPort.Should().Be(9000);
    }

    [Fact]
    public async Task Status_EnvironmentVariableIsWrong_IsNamedInsteadOfALine()
    {
        _scene.Environment["TACHYON_FAILOVER_NODES__1__RPCPORT"] = "90000";
        _scene.Environment["TACHYON_FAILOVER_JOURNALS"] = "/tmp/x";

        (await _scene.RunAsync("status")).Should().Be(64);

        _scene.Error.Should().Contain("TACHYON_FAILOVER_NODES__1__RPCPORT: nodes[1].rpcPort is 90000").And.Contain("TACHYON_FAILOVER_JOURNALS: there is no field journals").And.Contain("did you mean journal?");
    }

    [Theory]
    [InlineData("2h", "options.minimumIdle is 7200 s")]
    [InlineData("soon", "options.minimumIdle is \"soon\", which is no duration")]
    public async Task Switchover_WindowThatCannotBe_IsNamedAsTheOption(string window, string problem)
    {
        (await _scene.RunAsync("switchover", "--to", "b", "--yes", "--window", window)).Should().Be(64);

        _scene.Error.Should().Contain($"--window: {problem}");
    }

    public void Dispose() => _scene.Dispose();
}
