using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Tachyon.Failover.Telemetry;

/// <summary>Passes log entries to the caller's logger through an <see cref="ObserverFeed"/>: a logger that is slow, throws or never returns does not affect the library.</summary>
/// <remarks>Thread-safe. Logged values must not change afterwards; the messages of <see cref="FailoverLog"/> hold values.</remarks>
internal sealed class BackgroundLogger : ILogger
{
    private readonly ILogger _inner;
    private readonly ObserverFeed _feed;

    private BackgroundLogger(ILogger inner, ObserverFeed feed)
    {
        _inner = inner;
        _feed = feed;
    }

    /// <summary>Wraps a logger; a null logger is returned unchanged.</summary>
    public static ILogger Behind(ObserverFeed feed, ILogger logger) => logger is NullLogger ? logger : new BackgroundLogger(logger, feed);

    /// <summary>The same for a category of the caller's factory.</summary>
    public static ILogger Behind(ObserverFeed feed, ILoggerFactory? factory, string category) => Behind(feed, CreateLogger(factory, category));

    /// <summary>A logger of a category; a null logger if there is no factory.</summary>
    public static ILogger CreateLogger(ILoggerFactory? factory, string category) =>
        factory is null or NullLoggerFactory ? NullLogger.Instance : factory.CreateLogger(category);

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    // The logger's own IsEnabled is called late as well, because it may be slow, too.
    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => _feed.Post(() =>
    {
        if (_inner.IsEnabled(logLevel))
        {
            _inner.Log(logLevel, eventId, state, exception, formatter);
        }
    });
}
