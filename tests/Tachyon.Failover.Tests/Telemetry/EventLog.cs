using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Tachyon.Failover.Tests.Telemetry;

/// <summary>Stores log lines, and runs an action with each line first.</summary>
internal sealed class EventLog(Action? onEach = null) : ILoggerFactory, ILogger
{
    public ConcurrentQueue<(EventId Event, LogLevel Level, string Text)> Lines { get; } = new();

    public IEnumerable<string?> Names => Lines.Select(line => line.Event.Name);

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel)
    {
        onEach?.Invoke();
        return true;
    }

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        onEach?.Invoke();
        Lines.Enqueue((eventId, logLevel, formatter(state, exception)));
    }

    public void Dispose()
    {
    }
}
