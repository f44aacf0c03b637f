using FluentAssertions;
using Tachyon.Failover.Cluster;
using Tachyon.Failover.Testing.Simulation;
using Xunit;

namespace Tachyon.Failover.Tests.Simulation;

/// <summary>A watch beside two simulated nodes, and a guard on one of them.</summary>
public sealed class WatchTests
{
    [Fact]
    public void RunAsync_SourceDies_IsLostAndTheTowerCopyHoldsWhatHasLanded()
    {
        var pair = new SimulatedPair(7);
        var (verdicts, copy) = Watch(pair, TimeSpan.FromMinutes(2), crashAfter: TimeSpan.FromSeconds(30));

        verdicts.TakeWhile(verdict => verdict.State == MonitorState.Healthy).Should().HaveCountGreaterThan(25);
        verdicts[^1].State.Should().Be(MonitorState.Lost);
        copy.Should().NotBeNull();
        copy!.Value.Should().BeGreaterThanOrEqualTo(pair.Cluster.Chain.Newest.VoteAccount.LastSlot!.Value);
        verdicts[^1].Details!.ShellAnswers.Should().BeFalse();
    }

    [Fact]
    public void RunAsync_TenMinutesWithEveryLeaderSlotAndEpoch_IsHealthyThroughout()
    {
        var (verdicts, _) = Watch(new SimulatedPair(8), TimeSpan.FromMinutes(10), crashAfter: null);

        verdicts.Should().HaveCountGreaterThan(500).And.OnlyContain(verdict => verdict.State == MonitorState.Healthy);
    }

    [Fact]
    public void RunAsync_SameSeed_SameVerdicts() =>
        Text(Watch(new SimulatedPair(9), TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(20)).Verdicts)
            .Should().Equal(Text(Watch(new SimulatedPair(9), TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(20)).Verdicts));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Guard_OfANodeThatIsCutOff_HasDemotedItWithinItsSum(ulong seed)
    {
        var pair = new SimulatedPair(seed);
        var guard = pair.AddCoordinator("guard");
        var timings = new GuardTimings();
        var landed = guard.Time.GetTimestamp();
        pair.After(TimeSpan.FromSeconds(20), () =>
        {
            landed = guard.Time.GetTimestamp();
            pair.A.IsCutOff = true;
            guard.ReachesCluster = false;
        });
        TimeSpan? demoted = null;
        var reports = new List<GuardReport>();
        guard.Run(async () =>
        {
            using var stop = new CancellationTokenSource(TimeSpan.FromMinutes(2), guard.Time);
            var witness = new Witness { Name = "cluster", Rpc = guard.FromAToB.Cluster };
            await new NodeGuard(guard.FromAToB.Source, pair.Cluster.Identities.Staked, [witness], timings, timeProvider: guard.Time).RunAsync(
                new Reports<GuardReport>(report =>
                {
                    reports.Add(report);
                    demoted ??= report.State == GuardState.Demoted ? guard.Time.GetElapsedTime(landed) : null;
                }),
                stop.Token);
            return reports;
        });

        demoted.Should().NotBeNull().And.BeLessThan(timings.Worst);
        pair.A.RunsStaked.Should().BeFalse();
        pair.A.Link.Should().Be(IdentityRole.Unstaked);
    }

    /// <summary>A policy's guard is only a claim. A guard counts as heard if it has left a heartbeat on the node while votes landed.</summary>
    [Theory]
    [InlineData(true, false, true)]
    [InlineData(false, false, false)]
    [InlineData(true, true, false)]
    public void H12_1_Watch_HasHeardTheGuardThatRanBeforeTheSilence(bool runs, bool endsLongBefore, bool isHeard)
    {
        var pair = new SimulatedPair(5);
        var guard = pair.AddCoordinator("guard");
        using var stop = new CancellationTokenSource();
        if (runs)
        {
            var witness = new Witness { Name = "cluster", Rpc = guard.FromAToB.Cluster };
            _ = new NodeGuard(guard.FromAToB.Source, pair.Cluster.Identities.Staked, [witness], timeProvider: guard.Time).RunAsync(cancellationToken: stop.Token);
        }

        pair.After(endsLongBefore ? TimeSpan.FromSeconds(20) : TimeSpan.FromMinutes(3), guard.Crash);
        pair.After(TimeSpan.FromMinutes(3), () => pair.A.Crash(TimeSpan.FromHours(1)));
        var watch = new ValidatorMonitor(pair.FromAToB, timeProvider: pair.Time);
        pair.Run(async () =>
        {
            using var over = new CancellationTokenSource(TimeSpan.FromMinutes(4), pair.Time);
            await watch.RunAsync(cancellationToken: over.Token);
            return watch;
        });

        watch.Verdict.State.Should().Be(MonitorState.Lost);
        watch.GuardWasHeard.Should().Be(isHeard);
        stop.Cancel();
    }

    [Fact]
    public void Guard_OfANodeThatVotes_LeavesItAlone()
    {
        var pair = new SimulatedPair(4);
        var guard = pair.AddCoordinator("guard");
        var reports = new List<GuardReport>();
        guard.Run(async () =>
        {
            using var stop = new CancellationTokenSource(TimeSpan.FromMinutes(10), guard.Time);
            var witness = new Witness { Name = "cluster", Rpc = guard.FromAToB.Cluster };
            await new NodeGuard(guard.FromAToB.Source, pair.Cluster.Identities.Staked, [witness], timeProvider: guard.Time).RunAsync(new Reports<GuardReport>(reports.Add), stop.Token);
            return reports;
        });

        reports.Should().HaveCountGreaterThan(500).And.OnlyContain(report => report.State == GuardState.Guarding);
        pair.A.RunsStaked.Should().BeTrue();
    }

    private static (List<MonitorVerdict> Verdicts, ulong? Shadow) Watch(SimulatedPair pair, TimeSpan howLong, TimeSpan? crashAfter)
    {
        if (crashAfter is { } delay)
        {
            pair.After(delay, () => pair.A.Crash(TimeSpan.FromHours(1)));
        }

        var verdicts = new List<MonitorVerdict>();
        ulong? copy = null;
        pair.Run(async () =>
        {
            using var stop = new CancellationTokenSource(howLong, pair.Time);
            var watch = new ValidatorMonitor(pair.FromAToB, timeProvider: pair.Time);
            await watch.RunAsync(new Reports<MonitorVerdict>(verdicts.Add), stop.Token);
            copy = watch.TowerCopy!.NewestSlot;
            return verdicts;
        });
        return (verdicts, copy);
    }

    private static IEnumerable<string> Text(List<MonitorVerdict> verdicts) => verdicts.Select(verdict => $"{verdict} {verdict.SilentSlots} {verdict.Silence} {string.Join(';', verdict.Details!.Warnings)}");

    private sealed class Reports<T>(Action<T> report) : IProgress<T>
    {
        public void Report(T value) => report(value);
    }
}
