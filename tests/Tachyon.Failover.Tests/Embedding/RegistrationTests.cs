using FluentAssertions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Tachyon.Failover.Journal;
using Tachyon.Failover.Preflight;
using Tachyon.Failover.Registration;
using Tachyon.Failover.Testing.Simulation;
using Tachyon.Failover.Testing.Simulation.Chain;
using Tachyon.Failover.Testing.Simulation.Coordinators;
using Tachyon.Failover.Tests.Telemetry;
using Xunit;

namespace Tachyon.Failover.Tests.Embedding;

/// <summary>The library in a container.</summary>
public sealed class RegistrationTests
{
    [Fact]
    public void AddFailover_WrongOptions_AreRefusedWhenTheCoordinatorIsAskedForWithAllErrors() => Failures(AddWrong).Should().HaveCount(2);

    [Fact]
    public void AddFailover_WrongOptions_AreRefusedWhenTheHostStarts()
    {
        using var provider = AddWrong(new ServiceCollection()).BuildServiceProvider();

        provider.GetRequiredService<IStartupValidator>().Invoking(start => start.Validate()).Should().Throw<OptionsValidationException>().Which.Failures.Should().HaveCount(2);
    }

    [Fact]
    public void AddFailover_Repeated_IsOneCoordinatorWithAllChangesInTheirOrder()
    {
        using var provider = new ServiceCollection()
            .AddFailover(static options => (options.Holder, options.Slot) = ("first", TimeSpan.FromSeconds(1)))
            .AddFailover(Configured(("Holder", "second"), ("Drain", "00:00:00.1")))
            .AddFailover(static options => options.Holder += ", third")
            .BuildServiceProvider();

        provider.GetServices<FailoverCoordinator>().Should().ContainSingle().Which.Should().BeSameAs(provider.GetRequiredService<FailoverCoordinator>());
        provider.GetRequiredService<IOptions<FailoverOptions>>().Value.Should().BeEquivalentTo(new { Holder = "second, third", Slot = TimeSpan.FromSeconds(1), Drain = TimeSpan.FromMilliseconds(100) });
    }

    [Fact]
    public void AddFailover_ConfigurationWithEveryOption_ReadsEach()
    {
        using var provider = new ServiceCollection().AddFailover(Configured(
            ("MinimumIdle", "00:03:00"),
            ("minimumIdleAtDemotion", ""),
            ("OnClosedWindow", "refuse"),
            ("RestartWindowTimeout", "02:00:00"),
            ("MaximumDelinquentStake", "0.25"),
            ("Slot", "00:00:00.3"),
            ("Drain", "00:00:00.05"),
            ("PreflightTimeout", "00:00:20"),
            ("RollbackTimeout", "00:01:00"),
            ("RetryDelay", "00:00:00.1"),
            ("VerifyTimeout", "00:00:10"),
            ("JournalTimeout", "00:00:02"),
            ("Holder", "me"))).BuildServiceProvider();

        provider.GetRequiredService<IOptions<FailoverOptions>>().Value.Should().BeEquivalentTo(new
        {
            MinimumIdle = TimeSpan.FromMinutes(3),
            MinimumIdleAtDemotion = (TimeSpan?)null,
            OnClosedWindow = ClosedRestartWindow.Refuse,
            RestartWindowTimeout = TimeSpan.FromHours(2),
            MaximumDelinquentStake = 0.25,
            Slot = TimeSpan.FromMilliseconds(300),
            Drain = TimeSpan.FromMilliseconds(50),
            PreflightTimeout = TimeSpan.FromSeconds(20),
            RollbackTimeout = TimeSpan.FromMinutes(1),
            RetryDelay = TimeSpan.FromMilliseconds(100),
            VerifyTimeout = TimeSpan.FromSeconds(10),
            JournalTimeout = TimeSpan.FromSeconds(2),
            Holder = "me",
        });
    }

    [Fact]
    public void AddFailover_Configuration_KnowsEveryOption() =>
        ConfiguredOptions.Fields.Keys.Concat(ConfiguredOptions.FromCode).Should().BeEquivalentTo(typeof(FailoverOptions).GetProperties().Select(static option => option.Name));

    [Theory]
    [InlineData("Slot", "fast", "failover:Slot is 'fast', which is no time; write hours, minutes and seconds, such as 00:00:30.")]
    [InlineData("Slot", "", "failover:Slot is '', which is no time; write hours, minutes and seconds, such as 00:00:30.")]
    [InlineData("Slot", "00:01:00", "Slot is 60 s; it must be from 50 ms to 5 s.")]
    [InlineData("MaximumDelinquentStake", "5 %", "failover:MaximumDelinquentStake is '5 %', which is no number; give one from 0 to 1, such as 0.05.")]
    [InlineData("OnClosedWindow", "7", "failover:OnClosedWindow is '7', which is no ClosedRestartWindow; give WaitAgain or Refuse.")]
    [InlineData("Journal", "/journal", "failover:Journal is '/journal', which a configuration cannot hold; set it in code, or register it in the container.")]
    [InlineData("RolbackTimeout", "00:05:00", "failover:RolbackTimeout is '00:05:00', which is no option; give one of MinimumIdle, *, or leave it out.")]
    public void AddFailover_ConfigurationWithAWrongValue_IsRefusedWithFieldValueAndRemedy(string key, string value, string error) =>
        Failures(services => services.AddFailover(Configured((key, value), ("Holder", "me")))).Should().ContainSingle().Which.Should().Match(error);

    [Fact]
    public void AddFailover_WrongConfigurationAndWrongCode_AreRefusedTogether() =>
        Failures(services => AddWrong(services).AddFailover(Configured(("Drain", "soon"), ("Nothing", "1")))).Should().HaveCount(4);

    [Fact]
    public void AddFailover_JournalInOptionsAndInContainer_IsRefusedAndNamesBoth()
    {
        using var provider = new ServiceCollection()
            .AddSingleton<IFailoverJournal>(new Recovery.StoryJournal(FailoverStep.Prepare, static _ => { }))
            .AddFailover(static options => options.Journal = new OtherJournal())
            .BuildServiceProvider();

        provider.Invoking(all => all.GetRequiredService<FailoverCoordinator>()).Should().Throw<OptionsValidationException>().WithMessage("*OtherJournal*StoryJournal*give one of the two*");
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
            .AddFailover(static options => (options.MinimumIdle, options.Preflight) = (null, [.. PreflightChecks.Default.Skip(1)]))
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
            .AddFailover(static options => options.MinimumIdle = null)
            .BuildServiceProvider()
            .GetRequiredService<FailoverCoordinator>();

        var results = world.Complete(() => Task.WhenAll(Another().SwitchoverAsync(world.FromA), Another().SwitchoverAsync(world.AnotherWay())));

        results.Select(result => result.Outcome).Should().BeEquivalentTo([FailoverOutcome.Completed, FailoverOutcome.Refused], "{0} {1}", results[0], results[1]);
    }

    [Fact]
    public void SwitchoverAsync_SeveralPairsWithOneCoordinator_EachIsItsOwn()
    {
        var (first, second) = (new World(seed: 3), new World(seed: 4));
        using var provider = new ServiceCollection().AddSingleton<TimeProvider>(first.Coordinator.Time).AddFailover(static options => options.MinimumIdle = null).BuildServiceProvider();
        var coordinator = provider.GetRequiredService<FailoverCoordinator>();

        first.Complete(() => coordinator.SwitchoverAsync(first.FromA)).Outcome.Should().Be(FailoverOutcome.Completed);
        second.IsAtA.Should().BeTrue("it was not asked to move");
        first.IsAtA.Should().BeFalse();
    }

    private static IServiceCollection AddWrong(IServiceCollection services) => services.AddFailover(static options => (options.Slot, options.Holder) = (TimeSpan.Zero, ""));

    private static IEnumerable<string> Failures(Func<IServiceCollection, IServiceCollection> add)
    {
        using var provider = add(new ServiceCollection()).BuildServiceProvider();
        return provider.Invoking(static all => all.GetRequiredService<FailoverCoordinator>()).Should().Throw<OptionsValidationException>().Which.Failures;
    }

    private static IConfiguration Configured(params (string Key, string Value)[] values) =>
        new ConfigurationBuilder().AddInMemoryCollection(values.Select(static one => KeyValuePair.Create<string, string?>($"failover:{one.Key}", one.Value))).Build().GetSection("failover");

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

        public Task AppendAsync(IReadOnlyList<string> lines, CancellationToken cancellationToken = default) => Task.CompletedTask;

        public IAsyncEnumerable<string> ReadAsync(CancellationToken cancellationToken = default) => AsyncEnumerable.Empty<string>();
    }
}
