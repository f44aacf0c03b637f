using System.Text;
using FluentAssertions;
using Tachyon.Failover.Pairs;
using Tachyon.Failover.Tests.Cli;
using Xunit;

namespace Tachyon.Failover.Tests.Daemon;

/// <summary>The daemon's reading of a pair file, and its messages.</summary>
public sealed class DaemonSettingsTests : IDisposable
{
    private readonly CliScene _scene = new();

    [Fact]
    public void Read_NoSection_IsDisarmedlyCautious()
    {
        var settings = Read("").Daemon;

        settings.Policy.MinimumGrade.Should().Be(EvidenceGrade.Fenced);
        settings.Policy.Guard.Should().BeNull("a guard that the file does not name does not count");
        settings.Health!.IsLoopback.Should().BeTrue();
        settings.Webhook.Should().BeNull();
        settings.Hooks.Should().BeEmpty();
    }

    [Fact]
    public void Read_Everything_IsAsWritten()
    {
        var file = Read(
            """
            "daemon": {
              "retryDelay": "45s", "lookAround": "2m", "log": "json",
              "takeover": { "minimumGrade": "observed", "tower": "own", "allowStop": false, "callTimeout": "3s" },
              "monitor": { "lostSlots": 100, "lostAfter": "40s", "minimumWitnesses": 3, "consecutiveReadings": 5, "interval": "2s", "coolDown": "1h" },
              "guard": { "demoteAfter": "20s" },
              "hooks": [ { "when": "before", "command": ["/bin/true", "-a"], "limit": "2s", "mustSucceed": true }, { "when": "after", "command": ["/bin/true"] } ],
              "webhook": { "url": "https://example.com/hook", "limit": "1s", "tries": 2 },
              "health": { "address": "none" }
            }, "witnesses": ["https://one.example.com", "http://two.example.com:8899"],
            """);
        var settings = file.Daemon;

        file.Witnesses.Should().HaveCount(2);
        settings.RetryDelay.Should().Be(TimeSpan.FromSeconds(45));
        settings.LogsJson.Should().BeTrue();
        settings.Policy.Should().BeEquivalentTo(new { MinimumGrade = EvidenceGrade.Observed, Tower = TakeoverTower.FromNode, AllowStop = false, CallTimeout = TimeSpan.FromSeconds(3) });
        settings.Policy.Detection.Should().BeSameAs(settings.Monitor.Rules, "the watch and the takeover go by one rule");
        settings.Policy.Guard!.DemoteAfter.Should().Be(TimeSpan.FromSeconds(20));
        settings.Hooks.Select(hook => (hook.IsBefore, string.Join(' ', hook.Command), hook.MustSucceed)).Should().Equal((true, "/bin/true -a", true), (false, "/bin/true", false));
        settings.Webhook!.Tries.Should().Be(2);
        settings.Health.Should().BeNull();
    }

    [Theory]
    [InlineData("\"retryDelay\": \"0s\"", "daemon.retryDelay is 0.0 s", "from 1.0 s to 60 min")]
    [InlineData("\"retrydelay\": \"1s\"", "there is no field daemon.retrydelay", "did you mean retryDelay?")]
    [InlineData("\"log\": \"xml\"", "daemon.log is \"xml\"", "write one of simple, json")]
    [InlineData("\"takeover\": { \"minimumGrade\": \"asserted\" }", "daemon.takeover.minimumGrade is \"asserted\"", "write one of fenced, observed")]
    [InlineData("\"takeover\": { \"callTimeout\": \"1ms\" }", "daemon.takeover.callTimeout is", "it must be from 1 s")]
    [InlineData("\"monitor\": { \"lostSlots\": 5 }", "daemon.monitor.lostSlots is 5, not more than healthySlots (8)", "make it more")]
    [InlineData("\"monitor\": { \"interval\": \"10s\" }", "daemon.monitor.interval is 10 s, more than a fifth of lostAfter", "make it less")]
    [InlineData("\"monitor\": { \"haltedAfter\": \"30s\" }", "daemon.monitor.haltedAfter is 30 s", "make it less")]
    [InlineData("\"monitor\": { \"minimumWitnesses\": 0 }", "daemon.monitor.minimumWitnesses is 0", "from 1 to 16")]
    [InlineData("\"monitor\": { \"lostAfter\": \"15s\" }, \"guard\": {}", "daemon.monitor.lostAfter is 15 s, and the guard may take 10 s without the cluster + 1 s", "make lostAfter more than 17.17 s, or the guard's times less")]
    [InlineData("\"guard\": { \"demoteAfter\": \"20s\" }", "daemon.monitor.lostAfter is 20 s, and the guard may take 20 s without the cluster", "make lostAfter more than 27.27 s")]
    [InlineData("\"guard\": { \"clockDrift\": 0.5 }", "daemon.guard.clockDrift is 0.5", "from 0 to 0.1")]
    [InlineData("\"guard\": { \"demoteAfter\": \"6s\" }", "the guard takes a cluster for halted after 3.0 s", "make haltedAfter less")]
    [InlineData("\"hooks\": {}", "daemon.hooks is an object", "a list of objects")]
    [InlineData("\"hooks\": [ { \"command\": [\"/bin/true\"] } ]", "daemon.hooks[0].when is missing", "before or after")]
    [InlineData("\"hooks\": [ { \"when\": \"before\" } ]", "daemon.hooks[0].command is missing", "absolute path")]
    [InlineData("\"hooks\": [ { \"when\": \"before\", \"command\": [] } ]", "daemon.hooks[0].command is empty", "absolute path")]
    [InlineData("\"hooks\": [ { \"when\": \"before\", \"command\": \"true\" } ]", "daemon.hooks[0].command is the text", "write a list of texts")]
    [InlineData("\"hooks\": [ { \"when\": \"before\", \"command\": [\"true\"] } ]", "daemon.hooks[0].command[0] is \"true\", which is no absolute path", "no shell and no PATH")]
    [InlineData("\"hooks\": [ { \"when\": \"before\", \"command\": [\"/nowhere/x\"] } ]", "daemon.hooks[0].command[0] is \"/nowhere/x\", and there is no such file", "where the program is")]
    [InlineData("\"hooks\": [ { \"when\": \"after\", \"command\": [\"/bin/true\"], \"limit\": \"1h\" } ]", "daemon.hooks[0].limit is 60 min", "from 0.1 s to 10 min")]
    [InlineData("\"webhook\": {}", "daemon.webhook.url and daemon.webhook.urlVariable are both missing", "give one of them")]
    [InlineData("\"webhook\": { \"url\": \"example.com\" }", "daemon.webhook.url is \"example.com\", which is no address", "http:// or https://")]
    [InlineData("\"webhook\": { \"urlVariable\": \"HOOK\" }", "daemon.webhook.urlVariable is \"HOOK\", and there is no such environment variable", "export it")]
    [InlineData("\"webhook\": { \"urlVariable\": \"WATCHDOG WEBHOOK\" }", "daemon.webhook.urlVariable is \"WATCHDOG WEBHOOK\", which is no name", "write the name alone")]
    [InlineData("\"webhook\": { \"url\": \"https://x\", \"tries\": 100 }", "daemon.webhook.tries is 100", "from 1 to 10")]
    [InlineData("\"health\": { \"address\": \"https://127.0.0.1:1\" }", "daemon.health.address is \"https://127.0.0.1:1\"", "write http://ADDRESS:PORT")]
    [InlineData("\"health\": { \"address\": \"http://example.com:80\" }", "daemon.health.address is \"http://example.com:80\"", "write http://ADDRESS:PORT")]
    public void Read_Mistake_IsToldWithLineFieldAndRemedy(string written, string problem, string remedy)
    {
        var error = FluentActions.Invoking(() => Read($"\"daemon\": {{ {written} }},")).Should().Throw<PairFileException>().Which.Errors.Should().ContainSingle("there is one mistake").Which;

        error.Problem.Should().StartWith(problem);
        error.Remedy.Should().Contain(remedy);
        error.Line.Should().Be(2);
    }

    [Fact]
    public void Read_WebhookAddressInAVariable_IsTakenAndItsMistakeDoesNotTellIt()
    {
        _scene.Environment["HOOK"] = "https://example.com/services/secret";
        Read("\"daemon\": { \"webhook\": { \"urlVariable\": \"HOOK\" } },").Daemon.Webhook!.Url.AbsolutePath.Should().Be("/services/secret");

        _scene.Environment["HOOK"] = "example.com/services/secret";
        FluentActions.Invoking(() => Read("\"daemon\": { \"webhook\": { \"urlVariable\": \"HOOK\" } },")).Should().Throw<PairFileException>().Which.ToString().Should().NotContain("secret");
    }

    /// <summary>An operator's command, and a guard, run on other machines than the daemon.</summary>
    [Theory]
    [InlineData(nameof(PairFileUse.Command))]
    [InlineData(nameof(PairFileUse.Guard))]
    public void Read_WhatIsThereForTheDaemonOnly_IsReadForItsFormElsewhere(string program)
    {
        var use = Enum.Parse<PairFileUse>(program);
        var settings = Read("\"daemon\": { \"hooks\": [ { \"when\": \"before\", \"command\": [\"/nowhere/x\"] } ], \"webhook\": { \"urlVariable\": \"HOOK\" } },", use).Daemon;

        settings.Hooks.Should().ContainSingle();
        settings.Webhook.Should().BeNull();
        settings.WhyNoWebhook.Should().Contain("\"HOOK\", and there is no such environment variable");
        _scene.Environment["HOOK"] = "example.com/services/secret";
        Read("\"daemon\": { \"webhook\": { \"urlVariable\": \"HOOK\" } },", use).Daemon.WhyNoWebhook.Should().NotBeNull().And.NotContain("secret");
        FluentActions.Invoking(() => Read("\"daemon\": { \"hooks\": [ { \"when\": \"before\", \"command\": [\"x\"] } ] },", use)).Should().Throw<PairFileException>("the form must be right everywhere");
    }

    [Fact]
    public void Read_GuardWithoutAnAddress_ListensElsewhereThanTheDaemon() => Read("", PairFileUse.Guard).Daemon.Health!.Port.Should().Be(9465).And.NotBe(Read("").Daemon.Health!.Port);

    [Fact]
    public void Read_WitnessIsNoAddress_IsTold() =>
        FluentActions.Invoking(() => Read("\"witnesses\": [\"rpc.example.com\"],")).Should().Throw<PairFileException>().Which.Errors.Should().ContainSingle().Which.Problem.Should().StartWith("witnesses[0] is \"rpc.example.com\"");

    public void Dispose() => _scene.Dispose();

    /// <summary>Reads the good pair file with more text in its second line.</summary>
    private PairFile Read(string more, PairFileUse use = PairFileUse.Watch) => PairFileReader.Read(
        "pair.json",
        Encoding.UTF8.GetBytes(CliScene.GoodPair.Replace("  \"identity\"", $"  {more.ReplaceLineEndings(" ")} \"identity\"", StringComparison.Ordinal)),
        new PairFileSurroundings { Environment = _scene.Environment, HomeFolder = _scene.Home, Use = use },
        new Dictionary<string, (string Option, string Value)>(StringComparer.Ordinal));
}
