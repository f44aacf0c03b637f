using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Tachyon.Failover.Telemetry;

/// <summary>Passes SSH.NET's log entries to the caller's factory through an <see cref="ObserverFeed"/>.</summary>
internal sealed class BackgroundLoggerFactory : ILoggerFactory
{
    private readonly ILoggerFactory _inner;
    private readonly ObserverFeed _feed;

    private BackgroundLoggerFactory(ILoggerFactory inner, ObserverFeed feed)
    {
        _inner = inner;
        _feed = feed;
    }

    /// <summary>Wraps a factory; null if there is none.</summary>
    public static ILoggerFactory? Behind(ObserverFeed feed, ILoggerFactory? factory) => factory is null or NullLoggerFactory ? factory : new BackgroundLoggerFactory(factory, feed);

    public ILogger CreateLogger(string categoryName) => new Logger(_inner.CreateLogger(categoryName), _feed);

    public void AddProvider(ILoggerProvider provider) => _inner.AddProvider(provider);

    public void Dispose()
    {
        // The inner factory belongs to the caller.
    }

    /// <summary>Formats an entry at once, because its objects may change, and checks the level at once, because SSH.NET logs a lot.</summary>
    private sealed class Logger(ILogger inner, ObserverFeed feed) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel)
        {
            try
            {
                return inner.IsEnabled(logLevel);
            }
            catch (Exception)
            {
                // A logger of the caller's may throw anything.
                return false;
            }
        }

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                var words = formatter(state, exception);
                feed.Post(() => inner.Log(logLevel, eventId, words, exception, static (words, _) => words));
            }
        }
    }
}
