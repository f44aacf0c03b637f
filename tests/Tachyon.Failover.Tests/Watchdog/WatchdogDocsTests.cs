using FluentAssertions;
using Microsoft.Extensions.Time.Testing;
using Tachyon.Failover.Tests.Architecture;
using Tachyon.Failover.Watch;
using Tachyon.Failover.Watchdog;
using Tachyon.Failover.Watchdog.Events;
using Tachyon.Failover.Watchdog.Health;
using Xunit;

namespace Tachyon.Failover.Tests.Watchdog;

/// <summary>The README says what the program does.</summary>
public sealed class WatchdogDocsTests
{
    private const string Readme = "samples/Watchdog/README.md";

    [Fact]
    public void Readme_Events_AreThoseThatAreTold() => MadeDocs.ShouldHold(Readme, "events", string.Join('\n', (string[])
    [
        "| event | |", "|---|---|", .. EventNames.All.Select(happened => $"| `{happened.Name}` | {happened.Meaning} |"),
    ]));

    [Fact]
    public void Readme_Instruments_AreThoseOfTheEndpoint()
    {
        var time = new FakeTimeProvider();
        var status = new WatchdogStatus(TimeSpan.FromSeconds(1));
        using var text = new PrometheusText();
        using var metrics = new WatchdogMetrics(status, time);
        status.Set(now => now with { Verdict = WatchState.Healthy, ShadowAge = 1 });
        metrics.TakeoverEnded("Completed");
        metrics.HookEnded(isDone: true);
        metrics.WebhookPosted(isDone: true);

        var lines = text.Write().Split('\n');
        var rows = lines.Where(line => line.StartsWith("# HELP watchdog_", StringComparison.Ordinal)).Select(line => line["# HELP ".Length..].Split(' ', 2)).Select(help => $"| `{help[0]}` | {help[1]} |").Distinct(StringComparer.Ordinal).ToList();

        // Other tests of this process may measure as well.
        rows.Should().HaveCount(10);
        MadeDocs.ShouldHold(Readme, "instruments", string.Join('\n', (string[])["| metric | |", "|---|---|", .. rows]));
    }

    [Theory]
    [InlineData("tachyon-watchdog.service")]
    [InlineData("tachyon-guard.service")]
    public void Units_OfTheProgram_LetATakeoverEndAndStartItAgain(string unit)
    {
        var lines = Repository.Read($"samples/Watchdog/{unit}").Split('\n');

        lines.Should().Contain("Type=notify").And.Contain("Restart=always").And.Contain("KillMode=mixed", "the ssh under a takeover must outlive the signal").And.Contain("NoNewPrivileges=yes")
            .And.Contain(line => line.StartsWith("ExecStart=", StringComparison.Ordinal) && !line.Contains("--arm"), "it is disarmed until a person arms it");
        lines.Should().NotContain(line => line.StartsWith("WatchdogSec=", StringComparison.Ordinal), "it would kill a takeover that takes its time");
    }
}
