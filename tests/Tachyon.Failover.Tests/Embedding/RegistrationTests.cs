using FluentAssertions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Tachyon.Failover.Journal;
using Tachyon.Failover.Preflight;
using Tachyon.Failover.Testing.Simulation;
using Tachyon.Failover.Testing.Simulation.Chain;
using Tachyon.Failover.Testing.Simulation.Coordinators;
using Tachyon.Failover.Tests.Telemetry;
using Xunit;

namespace Tachyon.Failover.Tests.Embedding;

/// <summary>The library in a container.</summary>
public sealed class RegistrationTests
{
    private static readonly FailoverOptions Wrong = new() { Slot = TimeSpan.Zero, Holder = "" };

    [Fact]
    public void AddFailover_WrongOptions_AreRefusedAtOnceWithAllErrors() =>
        new ServiceCollection().Invoking(services => services.AddFailover(Wrong)).Should().Throw<InvalidSettingsException>().Which.Errors.Should().HaveCount(2);

    [Fact]
    public void AddFailover_WrongOptionsFromTheContainer_AreRefusedWhenTheCoordinatorIsAskedFor()
    {
        using var provider = new ServiceCollection().AddFailover(_ => Wrong).BuildServiceProvider();

        provider.Invoking(all => all.GetRequiredService<FailoverCoordinator>()).Should().Throw<InvalidSettingsException>().Which.Errors.Should().HaveCount(2);
    }

    [Fact]
    public void AddFailover_Repeated_IsOneCoordinatorWithTheOptionsThatCameLast()
    {
        using var provider = new ServiceCollection().AddFailover().AddFailover(new FailoverOptions { Holder = "first" }).AddFailover(new FailoverOptions { Holder = "last" }).AddFailover().BuildServiceProvider();

        provider.GetServices<FailoverCoordinator>().Should().ContainSingle().Which.Should().BeSameAs(provider.GetRequiredService<FailoverCoordinator>());
        provider.GetRequiredService<FailoverOptions>().Holder.Should().Be("last");
    }

    [Fact]
    public void AddFailover_JournalInOptionsAndInContainer_IsRefusedAndNamesBoth()
    {
        using var provider = new ServiceCollection()
            .AddSingleton<IFailoverJournal>(new Recovery.StoryJournal(FailoverStep.Prepare, static _ => { }))
            .AddFailover(new FailoverOptions { Journal = new OtherJournal() })
            .BuildServiceProvider();

        provider.Invoking(all => all.GetRequiredService<FailoverCoordinator>()).Should().Throw<InvalidSettingsException>().WithMessage("*OtherJournal*StoryJournal*give one of the two*");
    }

    [Fact]
    public void AddFailover_PartsInTheContainer_AreUsed()
    {
        var world = new World();
        using var log = new EventLog();
        var mine = PreflightChecks.Default[0];
        using var provider = new ServiceCollection()
            .AddSingleton<ILoggerFactory>(log)
            .AddSingleton<TimeProvider>(world.Coordinator.Time)
            .AddSingleton(world.Coordinator.Journal)
            .AddSingleton(mine)
            .AddFailover(new FailoverOptions { MinimumIdle = null, Preflight = [.. PreflightChecks.Default.Skip(1)] })
            .BuildServiceProvider();

        var result = world.Complete(() => provider.GetRequiredService<FailoverCoordinator>().SwitchoverAsync(world.FromA));

        result.Outcome.Should().Be(FailoverOutcome.Completed, "{0}", result);
        result.Preflight.Checks.Take(PreflightChecks.Default.Count).Should().EndWith(mine.Code, "the container's come after those of the options, and before the run's own reasons");
        log.Names.Should().Contain("SwitchoverEnded");
        result.StartedAt.Year.Should().Be(2026, "the time is the container's");
    }

    /// <summary>TwoCoordinatorsTests has two runs over the same pair of shells, with the real lock.</summary>
    [Fact]
    public void SwitchoverAsync_TwoCoordinatorsForOnePair_OneIsRefused()
    {
        var world = new World();
        FailoverCoordinator Another() => new ServiceCollection()
            .AddSingleton<TimeProvider>(world.Coordinator.Time)
            .AddFailover(new FailoverOptions { MinimumIdle = null })
            .BuildServiceProvider()
            .GetRequiredService<FailoverCoordinator>();

        var results = world.Complete(() => Task.WhenAll(Another().SwitchoverAsync(world.FromA), Another().SwitchoverAsync(world.AnotherWay())));

        results.Select(result => result.Outcome).Should().BeEquivalentTo([FailoverOutcome.Completed, FailoverOutcome.Refused], "{0} {1}", results[0], results[1]);
    }

    [Fact]
    public void SwitchoverAsync_SeveralPairsWithOneCoordinator_EachIsItsOwn()
    {
        var (first, second) = (new World(seed: 3), new World(seed: 4));
        using var provider = new ServiceCollection().AddSingleton<TimeProvider>(first.Coordinator.Time).AddFailover(new FailoverOptions { MinimumIdle = null }).BuildServiceProvider();
        var coordinator = provider.GetRequiredService<FailoverCoordinator>();

        first.Complete(() => coordinator.SwitchoverAsync(first.FromA)).Outcome.Should().Be(FailoverOutcome.Completed);
        second.IsAtA.Should().BeTrue("it was not asked to move");
        first.IsAtA.Should().BeFalse();
    }

    private sealed class World
    {
        private readonly SimulatedPair _pair;

        public World(ulong seed = 1)
        {
            _pair = new SimulatedPair(new ChainOptions { Seed = seed });
            _pair.Cluster.Run(TimeSpan.FromSeconds(3));
            Coordinator = _pair.AddCoordinator("first", TimeSpan.FromMilliseconds(10));
        }

        public SimulatedCoordinator Coordinator { get; }

        public ValidatorPair FromA => Coordinator.Pair(_pair.A);

        public ValidatorPair AnotherWay() => _pair.AddCoordinator("second", TimeSpan.FromMilliseconds(15)).Pair(_pair.A);

        public bool IsAtA => _pair.A.RunsStaked && !_pair.B.RunsStaked;

        public T Complete<T>(Func<Task<T>> work)
            where T : class => Coordinator.Run(work, TimeSpan.FromMinutes(10))!;
    }

    private sealed class OtherJournal : IFailoverJournal
    {
        public bool OutlivesProcess => true;

        public Task AppendAsync(IReadOnlyList<JournalEntry> entries, CancellationToken cancellationToken = default) => Task.CompletedTask;

        public IAsyncEnumerable<JournalEntry> ReadAsync(CancellationToken cancellationToken = default) => AsyncEnumerable.Empty<JournalEntry>();
    }
}
