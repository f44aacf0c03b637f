using FluentAssertions;
using Microsoft.Extensions.Time.Testing;
using Tachyon.Failover.Tests.Architecture;
using Tachyon.Failover.Daemon;
using Tachyon.Failover.Daemon.Events;
using Tachyon.Failover.Daemon.Health;
using Xunit;

namespace Tachyon.Failover.Tests.Daemon;

/// <summary>The README agrees with the program.</summary>
public sealed class DaemonDocsTests
{
    private const string Readme = "samples/Daemon/README.md";

    [Fact]
    public void Readme_Events_AreThoseThatAreTold() => MadeDocs.ShouldHold(Readme, "events", string.Join('\n', (string[])
    [
        "| event | |", "|---|---|", .. EventNames.All.Select(happened => $"| `{happened.Name}` | {happened.Meaning} |"),
    ]));

    [Fact]
    public void Readme_Instruments_AreThoseOfTheEndpoint()
    {
        var time = new FakeTimeProvider();
        var status = new DaemonStatus(TimeSpan.FromSeconds(1));
        using var text = new PrometheusText();
        using var metrics = new DaemonMetrics(status, time);
        status.Set(now => now with { Verdict = MonitorState.Healthy, TowerCopyAge = 1, PendingDemotions = 0 });
        metrics.TakeoverEnded("Completed");
        metrics.HookEnded(isDone: true);
        metrics.WebhookPosted(isDone: true);

        var lines = text.Write().Split('\n');
        var rows = lines.Where(line => line.StartsWith("# HELP failoverd_", StringComparison.Ordinal)).Select(line => line["# HELP ".Length..].Split(' ', 2)).Select(help => $"| `{help[0]}` | {help[1]} |").Distinct(StringComparer.Ordinal).ToList();

        // Other tests of this process may record measurements as well.
        rows.Should().HaveCount(10);
        MadeDocs.ShouldHold(Readme, "instruments", string.Join('\n', (string[])["| metric | |", "|---|---|", .. rows]));
    }

    [Theory]
    [InlineData("tachyon-failoverd.service")]
    [InlineData("tachyon-guard.service")]
    public void Units_OfTheProgram_LetATakeoverEndAndStartItAgain(string unit)
    {
        var lines = Repository.Read($"samples/Daemon/{unit}").Split('\n');

        lines.Should().Contain("Type=notify").And.Contain("Restart=always").And.Contain("KillMode=mixed", "the ssh under a takeover must outlive the signal").And.Contain("NoNewPrivileges=yes")
            .And.Contain(line => line.StartsWith("ExecStart=", StringComparison.Ordinal) && !line.Contains("--enable"), "it is disabled until the operator enables it");
        lines.Should().NotContain(line => line.StartsWith("ProtectProc=", StringComparison.Ordinal) || line.StartsWith("ProcSubset=", StringComparison.Ordinal), "without PID 1 in /proc AddSystemd() never says READY=1, and Type=notify times out");
        lines.Should().NotContain(line => line.StartsWith("WatchdogSec=", StringComparison.Ordinal), "it would kill a takeover that takes its time");
    }

    /// <summary>The nodes have no mark of a takeover, and the README says so.</summary>
    [Fact]
    public void W19_Readme_SaysThatASecondWatchdogWithAnotherJournalStaysArmed() =>
        Repository.Read(Readme).Should().Contain("It is kept for this journal only, and not on the nodes").And.Contain("stays enabled");

    [Fact]
    public void GuardUnit_WrongPairFile_IsStartedAgainAllTheSame() =>
        Repository.Read("samples/Daemon/tachyon-guard.service").Split('\n').Should().NotContain(line => line.StartsWith("RestartPreventExitStatus=", StringComparison.Ordinal), "the daemon counts on it")
            .And.Contain("StartLimitIntervalSec=0");

    /// <summary>The image is built from the root of the repository.</summary>
    [Fact]
    public void DockerIgnore_OfTheContext_LeavesOutWhatIsNoSource()
    {
        Repository.Read("samples/Daemon/Containerfile").Should().Contain("COPY . .");

        Repository.Read(".dockerignore").Split('\n').Should().Contain([".git", "**/bin", "**/obj", "**/TestResults"]);
    }

    /// <summary>The operator's shell has another state folder than the service. The pair file of the README and the unit must name both files.</summary>
    [Theory]
    [InlineData(Readme)]
    [InlineData("samples/Daemon/tachyon-failoverd.service")]
    public void JournalAndPause_OfServiceAndPerson_AreOneFileEach(string file)
    {
        var text = Repository.Read(file);
        var folder = Repository.Read("samples/Daemon/tachyon-failoverd.service").Split('\n').Single(line => line.StartsWith("Environment=XDG_STATE_HOME=", StringComparison.Ordinal)).Split('=')[^1];

        text.Should().Contain($"\"journal\": \"{folder}/").And.Contain($"\"pause\": \"{folder}/").And.Contain("-u tachyon tachyon-failover pause --pair /etc/tachyon-failoverd/pair.json");
    }
}
