using System.Globalization;
using FluentAssertions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Tachyon.Failover.Pairs;
using Tachyon.Failover.Contracts;
using Tachyon.Failover.Daemon.Events;
using Tachyon.Failover.Daemon.Hooks;
using Tachyon.Failover.IntegrationTests.Shells;
using Xunit;

namespace Tachyon.Failover.IntegrationTests.Daemon;

/// <summary>Commands of the operator's, as real processes.</summary>
public sealed class HookRunnerTests : IDisposable
{
    private const string Secret = "TACHYON_TEST_PASSPHRASE";

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task RunAsync_CommandSucceeds_IsToldWhatHappenedAndNothingElse()
    {
        Environment.SetEnvironmentVariable(Secret, "hunter2");
        var said = _folder.File("said");

        (await RunAsync($"env >{said}.new; mv {said}.new {said}")).Should().BeNull();

        var environment = await File.ReadAllLinesAsync(said, TestContext.Current.CancellationToken);
        environment.Should().Contain("TACHYON_EVENT=after-takeover").And.Contain("TACHYON_SOURCE=north").And.Contain("TACHYON_TARGET=south").And.Contain("TACHYON_OUTCOME=Refused")
            .And.Contain("TACHYON_EVIDENCE=None").And.Contain("TACHYON_REASON=$(reboot); it is silent").And.Contain("TACHYON_PAIR=/etc/pair.json").And.Contain("TACHYON_IDENTITY=Ayku");
        environment.Should().NotContain(line => line.Contains("hunter2"));
    }

    [Theory]
    [InlineData("exit 3", "it ended with 3")]
    [InlineData("kill -9 $$", "it ended with 137")]
    public async Task RunAsync_CommandFails_SaysHow(string script, string failure) => (await RunAsync(script)).Should().Be(failure);

    [Fact]
    public async Task RunAsync_NoProgram_SaysSo() =>
        (await Runner().RunAsync(new HookSettings { IsBefore = true, Command = [_folder.Path] }, Happened)).Should().StartWith("it could not be started");

    [Fact]
    public async Task RunAsync_TakesTooLong_IsKilledWithItsChildren()
    {
        var pids = _folder.File("pids");

        (await RunAsync($"sleep 600 & echo $! >{pids}; echo $$ >>{pids}; wait", TimeSpan.FromSeconds(1))).Should().Be("it took longer than 1.0 s, and was killed");

        var killed = (await File.ReadAllLinesAsync(pids, TestContext.Current.CancellationToken)).Select(line => int.Parse(line, CultureInfo.InvariantCulture)).ToList();
        killed.Should().HaveCount(2).And.OnlyContain(pid => !Directory.Exists($"/proc/{pid}") || File.ReadAllText($"/proc/{pid}/stat").Contains(") Z "), "none of them runs any more");
    }

    [Fact]
    public async Task RunAsync_LeavesAChildWithItsOutput_DoesNotWaitForIt()
    {
        var pid = _folder.File("pid");

        (await RunAsync($"sleep 600 & echo $! >{pid}", TimeSpan.FromSeconds(30))).Should().BeNull();

        using var left = System.Diagnostics.Process.GetProcessById(int.Parse(await File.ReadAllTextAsync(pid, TestContext.Current.CancellationToken), CultureInfo.InvariantCulture));
        left.Kill();
    }

    [Fact]
    public async Task RunAsync_SaysMoreThanAnybodyReads_IsNotHeldUp() =>
        (await RunAsync("i=0; while [ $i -lt 20000 ]; do echo a line that is long enough to fill a pipe sooner or later; i=$((i+1)); done")).Should().BeNull();

    [Fact]
    public async Task X6_RunAsync_PrintsEscapeSequences_TheLogHasNone()
    {
        using var log = new TextLog();
        var runner = new HookRunner("/etc/pair.json", "Ayku", TimeProvider.System, new Logger<HookRunner>(log));

        await runner.RunAsync(
            new HookSettings { IsBefore = false, Command = ["/bin/sh", "-c", @"printf 'a\033[2J\007\302\233\342\200\256\342\200\250\rb\n'; printf '\033]52;c\n' >&2"], Limit = TimeSpan.FromSeconds(20) }, Happened);

        log.Text.Should().Contain("a").And.Contain("[2J").And.Contain("]52;c").And.NotMatchRegex(@"[\p{Cc}\p{Cf}\p{Zl}-[\n]]");
    }

    public void Dispose()
    {
        Environment.SetEnvironmentVariable(Secret, null);
        _folder.Dispose();
    }

    private static DaemonEvent Happened => new()
    {
        Name = EventNames.AfterTakeover, At = TimeProvider.System.GetUtcNow(), Source = "north", Target = "south", Outcome = "Refused", Evidence = "None", Reason = "$(reboot); it is silent",
    };

    private static HookRunner Runner() => new("/etc/pair.json", "Ayku", TimeProvider.System, NullLogger<HookRunner>.Instance);

    private static Task<string?> RunAsync(string script, TimeSpan? limit = null) =>
        Runner().RunAsync(new HookSettings { IsBefore = false, Command = ["/bin/sh", "-c", script], Limit = limit ?? TimeSpan.FromSeconds(20) }, Happened);
}
