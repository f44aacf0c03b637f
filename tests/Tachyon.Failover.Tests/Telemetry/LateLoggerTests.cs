using FluentAssertions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Tachyon.Failover.Telemetry;
using Tachyon.Failover.Testing.Simulation.Time;
using Xunit;

namespace Tachyon.Failover.Tests.Telemetry;

public sealed class LateLoggerTests
{
    private readonly EventQueue _events = new(DateTimeOffset.UnixEpoch);

    private ObserverFeed Feed => new(new VirtualTime(_events, static () => true));

    [Fact]
    public void Log_SomethingIsLogged_ComesLater()
    {
        using var log = new EventLog();
        var logger = BackgroundLogger.Behind(Feed, log, "category");

        FailoverLog.ShellReached(logger, "north", 1);

        log.Lines.Should().BeEmpty("who logs does not wait");
        _events.RunUntil(_events.Now);
        log.Lines.Should().ContainSingle().Which.Text.Should().Be("Reached north by ssh, process 1");
    }

    [Fact]
    public void Log_LoggerThrows_NobodyHearsOfIt()
    {
        using var log = new EventLog(static () => throw new InvalidOperationException("a logger's own trouble"));
        var logger = BackgroundLogger.Behind(Feed, log, "category");

        FailoverLog.ShellReached(logger, "north", 1);

        _events.Invoking(events => events.RunUntil(events.Now)).Should().NotThrow();
    }

    [Fact]
    public void Behind_NoFactory_IsALoggerThatLogsNowhere() => BackgroundLogger.Behind(Feed, factory: null, "category").Should().BeSameAs(NullLogger.Instance);

    [Fact]
    public void CreateLogger_OfAForeignLog_PutsIntoWordsAtOnceAndLogsLater()
    {
        using var log = new EventLog();
        var changes = new List<int> { 1 };
        var logger = BackgroundLoggerFactory.Behind(Feed, log)!.CreateLogger("Renci");

        logger.Log(LogLevel.Debug, new EventId(7), changes, exception: null, static (numbers, _) => $"{numbers.Count} number");
        changes.Add(2);
        _events.RunUntil(_events.Now);

        log.Lines.Should().ContainSingle().Which.Should().Be((new EventId(7), LogLevel.Debug, "1 number"));
    }

    [Fact]
    public void CreateLogger_ForeignLoggerThrows_NobodyHearsOfIt()
    {
        using var log = new EventLog(static () => throw new InvalidOperationException("a logger's own trouble"));
        var logger = BackgroundLoggerFactory.Behind(Feed, log)!.CreateLogger("Renci");

        logger.IsEnabled(LogLevel.Debug).Should().BeFalse();
        logger.Log(LogLevel.Debug, default, "words", exception: null, static (words, _) => words);

        _events.Invoking(events => events.RunUntil(events.Now)).Should().NotThrow();
    }
}
