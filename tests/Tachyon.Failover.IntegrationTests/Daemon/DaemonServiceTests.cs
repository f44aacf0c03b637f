using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using FluentAssertions;
using Tachyon.Failover.Contracts;
using Tachyon.Failover.IntegrationTests.Cli;
using Tachyon.Failover.IntegrationTests.Samples;
using Tachyon.Failover.IntegrationTests.Switchovers;
using Tachyon.Failover.Testing.StandIns;
using Xunit;

namespace Tachyon.Failover.IntegrationTests.Daemon;

/// <summary>The program as an operator starts it: real processes, stand-ins with real sshd, real signals.</summary>
public sealed class DaemonServiceTests : IAsyncLifetime
{
    private readonly SwitchoverScene _scene = new();
    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _http = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>The life of a daemon: it watches, says what it would do, is enabled by a person, takes over, and keeps its hands still.</summary>
    [Fact]
    public async Task Daemon_ActiveValidatorIsKilled_SaysSoDisabledAndTakesOverEnabled()
    {
        var hooked = _folder.File("hooked");
        var (lost, target) = (_scene.Active, _scene.Inactive);
        var pair = WritePair(hooked);

        using (var disabled = Start(pair))
        {
            await disabled.SaysAsync("Healthy: a vote of the identity for slot");
            (await GetAsync(disabled, "/healthz")).Should().Be(HttpStatusCode.OK);
            (await GetAsync(disabled, "/readyz")).Should().Be(HttpStatusCode.ServiceUnavailable, "it is disabled");

            await lost.Node.KillAsync();

            await disabled.SaysAsync($"Would take over: {PairFileOfScene.NameOf(lost)} to {PairFileOfScene.NameOf(target)}");
            await disabled.EndAsync();
            lost.LinkIs(IdentityRole.Staked).Should().BeTrue("it touches nothing");
            target.LinkIs(IdentityRole.Unstaked).Should().BeTrue();
        }

        var start = await _scene.Cluster.GetSlotAsync(Token);
        using (var enabled = Start(pair, "--enable"))
        {
            await enabled.SaysAsync("Takeover Completed, evidence Fenced");
            await enabled.SaysAsync($"Monitoring {PairFileOfScene.NameOf(target)}; {PairFileOfScene.NameOf(lost)} would take over. Disabled: It took over");
            await enabled.SaysAsync("Healthy: a vote of the identity for slot");
            (await File.ReadAllTextAsync(hooked, Token)).Should().Be($"after-takeover {PairFileOfScene.NameOf(lost)} {PairFileOfScene.NameOf(target)} Completed Fenced\n");
            (await GetAsync(enabled, "/readyz")).Should().Be(HttpStatusCode.ServiceUnavailable, "it has disabled itself");
            await enabled.EndAsync();
        }

        target.LinkIs(IdentityRole.Staked).Should().BeTrue();
        lost.LinkIs(IdentityRole.Unstaked).Should().BeTrue("a restart must not bring it back");
        var chain = await _scene.Cluster.GetSettledReportAsync(start, Token);
        chain.DoubleVotes.Should().Be(0);
        chain.RefusedVotes.Should().Be(0);

        using var again = Start(pair, "--enable");
        await again.SaysAsync("Disabled: It took over");
        await again.EndAsync();
    }

    /// <summary>Neither the cluster nor the node's own RPC answers any more. The validator still votes, as far as it knows.</summary>
    [Fact]
    public async Task Guard_NodeIsCutOff_DemotesItAndSaysSo()
    {
        var guarded = _scene.Active;
        var pair = WritePair(_folder.File("hooked"));
        LeaveOut(pair);
        Patient(pair);
        using var guard = Start(pair, "--guard", PairFileOfScene.NameOf(guarded));
        await guard.SaysAsync("No event is posted: daemon.webhook.urlVariable is \"NO_SUCH_WEBHOOK\"");
        await guard.SaysAsync("Guarding: ");
        (await GetAsync(guard, "/readyz")).Should().Be(HttpStatusCode.OK);

        foreach (var method in (string[])["getSlot", "getVoteAccounts", "getEpochInfo"])
        {
            var answer = new StandInRpcAnswer { Method = method, ErrorCode = -32603 };
            await _scene.Cluster.SetRpcAnswerAsync(answer, Token);
            await guarded.Node.SetRpcAnswerAsync(answer, Token);
        }

        await guard.SaysAsync("Demoted: ");
        await guard.EndAsync();
        guarded.LinkIs(IdentityRole.Unstaked).Should().BeTrue("a restart must not bring it back");
        await _scene.Cluster.ClearRpcAnswersAsync(Token);
        await guarded.Node.ClearRpcAnswersAsync(Token);
    }

    [Fact]
    public async Task Daemon_PairFileIsWrong_SaysSoAndEndsWith64()
    {
        var pair = _folder.File("wrong.json");
        await File.WriteAllTextAsync(pair, "{ \"daemon\": { \"log\": \"xml\" } }", Token);

        using var daemon = Start(pair);

        (await daemon.CodeAsync()).Should().Be(64);
    }

    public ValueTask InitializeAsync() => _scene.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        await _scene.DisposeAsync();
        _http.Dispose();
        _folder.Dispose();
    }

    private async Task<HttpStatusCode> GetAsync(Service daemon, string path)
    {
        using var answer = await _http.GetAsync(new Uri(daemon.Health, path), Token);
        return answer.StatusCode;
    }

    private string WritePair(string hooked)
    {
        var path = PairFileOfScene.Write(_scene, _folder.Path);
        var pair = JsonNode.Parse(File.ReadAllText(path))!;
        pair["daemon"] = JsonNode.Parse(
            $$"""
            {
              "monitor": { "lostSlots": 12, "lostAfter": "8s", "haltedAfter": "1500ms", "consecutiveReadings": 2, "interval": "500ms" },
              "guard": { "demoteAfter": "4200ms", "interval": "400ms", "commandTimeout": "200ms", "setIdentityTimeout": "1s", "stopTimeout": "500ms" },
              "health": { "address": "http://127.0.0.1:0" },
              "hooks": [ { "when": "after", "command": ["/bin/sh", "-c", "echo $TACHYON_EVENT $TACHYON_SOURCE $TACHYON_TARGET $TACHYON_OUTCOME $TACHYON_EVIDENCE >>{{hooked}}"] } ]
            }
            """);
        File.WriteAllText(path, pair.ToJsonString());
        return path;
    }

    /// <summary>What the daemon needs, and is not on this machine: a guard guards all the same.</summary>
    private static void LeaveOut(string path)
    {
        var pair = JsonNode.Parse(File.ReadAllText(path))!;
        pair["daemon"]!["hooks"]![0]!["command"]![0] = "/nowhere/hook";
        pair["daemon"]!["webhook"] = JsonNode.Parse("""{ "urlVariable": "NO_SUCH_WEBHOOK" }""");
        File.WriteAllText(path, pair.ToJsonString());
    }

    /// <summary>No command has the guard's short limits on a busy machine. No monitor waits for this one.</summary>
    private static void Patient(string path)
    {
        var pair = JsonNode.Parse(File.ReadAllText(path))!;
        pair["daemon"]!["monitor"]!["lostAfter"] = "120s";
        pair["daemon"]!["guard"]!["commandTimeout"] = "10s";
        pair["daemon"]!["guard"]!["setIdentityTimeout"] = "10s";
        pair["daemon"]!["guard"]!["stopTimeout"] = "10s";
        File.WriteAllText(path, pair.ToJsonString());
    }

    private static Service Start(string pair, params string[] options) => new(pair, options);

    /// <summary>The program, and what it says.</summary>
    private sealed class Service : IDisposable
    {
        private readonly Process _process;
        private readonly BlockingCollection<string> _lines = [];
        private readonly List<string> _said = [];

        public Service(string pair, string[] options)
        {
            var start = new ProcessStartInfo("dotnet", [BuiltSample.PathOf("Daemon", "tachyon-failoverd"), "--pair", pair, .. options]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
            _process = new Process { StartInfo = start };
            _process.OutputDataReceived += (_, line) => _lines.Add(line.Data ?? "(end)", CancellationToken.None);
            _process.ErrorDataReceived += (_, line) => _lines.Add(line.Data ?? "(end of errors)", CancellationToken.None);
            _process.Start();
            _process.BeginOutputReadLine();
            _process.BeginErrorReadLine();
        }

        public Uri Health => new(_said.First(line => line.Contains("Health at ", StringComparison.Ordinal)).Split("Health at ")[1].Trim());

        /// <summary>Reads on until it says something.</summary>
        public async Task SaysAsync(string words)
        {
            var begun = TimeProvider.System.GetTimestamp();
            while (true)
            {
                var left = Patience.Limit - TimeProvider.System.GetElapsedTime(begun);
                var line = await Task.Run(() => left > TimeSpan.Zero && _lines.TryTake(out var taken, (int)left.TotalMilliseconds, Token) ? taken : null, Token);
                (line == "(end)" ? null : line).Should().NotBeNull("it says \"{0}\"; so far it said\n{1}", words, string.Join('\n', _said));
                _said.Add(line!);
                if (line!.Contains(words, StringComparison.Ordinal))
                {
                    return;
                }
            }
        }

        public async Task<int> CodeAsync()
        {
            await _process.WaitForExitAsync(Token).WaitAsync(Patience.Limit, TimeProvider.System, Token);
            return _process.ExitCode;
        }

        /// <summary>Asks it to end, as systemd does.</summary>
        public async Task EndAsync()
        {
            using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
            (await CodeAsync()).Should().Be(0, "it said\n{0}", string.Join('\n', [.. _said, .. _lines]));
        }

        public void Dispose()
        {
            if (!_process.HasExited)
            {
                _process.Kill(entireProcessTree: true);
            }

            _process.Dispose();
            _lines.Dispose();
        }
    }
}
