using FluentAssertions;
using Tachyon.Failover.Cli;
using Tachyon.Failover.Journal;
using Tachyon.Failover.Testing.Simulation;
using Tachyon.Failover.Tests.Recovery;
using Xunit;

namespace Tachyon.Failover.Tests.Cli;

/// <summary>The watch command and the commands that announce a silence, as an operator uses them: with a simulated pair, in virtual time.</summary>
public sealed class WatchTests : IDisposable
{
    private readonly CliScene _person = new() { CanAsk = true };
    private readonly RecoveryScene _world = new();
    private SimulatedNode _first;
    private SimulatedNode _second;

    public WatchTests() => (_first, _second) = (_world.A, _world.B);

    [Fact]
    public void WatchOnce_VotesLand_IsDone()
    {
        Run("watch", "--once", "--to", "b").Should().Be(ExitCode.Done, "{0}", Told);

        _person.Out.Should().Contain("a: healthy: ");
    }

    [Fact]
    public void WatchOnce_VotesLandNoMore_SomethingIsToDo()
    {
        _world.A.Crash(TimeSpan.FromHours(1));
        _world.World.Cluster.Run(TimeSpan.FromMinutes(1));

        Run("watch", "--once", "--to", "b").Should().Be(ExitCode.SomethingToDo, "{0}", Told);

        _person.Out.Should().Contain("a: suspect: ");
    }

    [Fact]
    public void WatchOnce_WithoutTo_FindsTheActiveNode()
    {
        Run("watch", "--once").Should().Be(ExitCode.Done, "{0}", Told);

        _person.Out.Should().Contain("a: healthy: ");
    }

    /// <summary>In both orders of the two in the pair file.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void WatchOnce_WithoutToAndTheActiveNodeIsOff_TakesTheSilentOneForIt(bool isFirst)
    {
        (_first, _second) = isFirst ? (_world.A, _world.B) : (_world.B, _world.A);
        _world.A.Crash(TimeSpan.FromHours(1));
        _world.World.Cluster.Run(TimeSpan.FromMinutes(1));

        Run("watch", "--once").Should().Be(ExitCode.SomethingToDo, "{0}", Told);

        _person.Out.Should().Contain("a: suspect: ");
    }

    [Fact]
    public void WatchOnce_WithoutToAndNeitherAnswers_AsksForTo()
    {
        _world.A.Crash(TimeSpan.FromHours(1));
        _world.B.Crash(TimeSpan.FromHours(1));

        Run("watch", "--once").Should().Be(ExitCode.Usage, "{0}", Told);

        _person.Error.Should().Contain("The active node is unknown: neither a nor b answers").And.Contain("--to b monitors a");
        _person.Out.Should().BeEmpty();
    }

    [Fact]
    public async Task PauseAndResume_NoNodeIsSpokenTo_AreDone()
    {
        (await _person.RunAsync("pause", "--for", "30m", "--reason", "new kernel")).Should().Be(ExitCode.Done, "{0}", Told);
        (await _person.RunAsync("resume")).Should().Be(ExitCode.Done, "{0}", Told);
        (await _person.RunAsync("resume")).Should().Be(ExitCode.Done, "{0}", Told);

        _person.Out.Should().MatchRegex("paused until [0-9: -]+ UTC: new kernel").And.Contain("Taken back: paused until");
        var file = Path.Combine(_person.Home, ".local/state/tachyon-failover/AykuShNXpnPj3zE7hs5dyYVequ4CWBHnr7Fe6NZbSWJq.journal.pause");
        _person.Out.Should().Contain($"In {file};").And.Contain($"Removed {file}").And.Contain($"Nothing was announced in {file}.");
    }

    /// <summary>An operator's shell does not have the daemon's hooks and variables.</summary>
    [Fact]
    public async Task Pause_DaemonIsOnAnotherMachine_IsDone()
    {
        _person.Pair = CliScene.GoodPair.Replace(
            "\"options\"", "\"daemon\": { \"hooks\": [ { \"when\": \"after\", \"command\": [\"/nowhere/x\"] } ], \"webhook\": { \"urlVariable\": \"HOOK\" } }, \"options\"", StringComparison.Ordinal);

        (await _person.RunAsync("pause", "--for", "30m", "--reason", "new kernel")).Should().Be(ExitCode.Done, "{0}", Told);
    }

    [Fact]
    public void WatchOnce_Paused_CannotTellAndSaysWhy()
    {
        _world.A.Crash(TimeSpan.FromHours(1));
        _world.World.Cluster.Run(TimeSpan.FromMinutes(1));

        Run("pause", "--for", "30m", "--reason", "new kernel").Should().Be(ExitCode.Done, "{0}", Told);
        Run("watch", "--once", "--to", "b").Should().Be(ExitCode.Indeterminate, "{0}", Told);

        _person.Out.Should().Contain("a: unknown: ").And.Contain("new kernel");
    }

    public void Dispose() => _person.Dispose();

    private string Told => _person.Out + _person.Error;

    private int Run(params string[] args) => _person.Run(_world.Coordinator(new StoryJournal(FailoverStep.ReturnOtherVoters, static _ => { })), _first, _second, args);
}
