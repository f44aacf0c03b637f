using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Tachyon.Failover.Telemetry;

/// <summary>A factory of the caller's for what SSH.NET logs, behind an <see cref="ObserverFeed"/>.</summary>
internal sealed class LateLoggerFactory : ILoggerFactory
{
    private readonly ILoggerFactory _inner;
    private readonly ObserverFeed _feed;

    private LateLoggerFactory(ILoggerFactory inner, ObserverFeed feed)
    {
        _inner = inner;
        _feed = feed;
    }

    /// <summary>The factory behind a feed; null if there is none.</summary>
    public static ILoggerFactory? Behind(ObserverFeed feed, ILoggerFactory? factory) => factory is null or NullLoggerFactory ? factory : new LateLoggerFactory(factory, feed);

    public ILogger CreateLogger(string categoryName) => new Logger(_inner.CreateLogger(categoryName), _feed);

    public void AddProvider(ILoggerProvider provider) => _inner.AddProvider(provider);

    public void Dispose()
    {
        // The inner one is the caller's.
    }

    /// <summary>Puts what is logged into words at once, since what it speaks of may change, and asks at once whether it is wanted: SSH.NET has a lot to say.</summary>
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
