using Microsoft.Extensions.Logging;

namespace Tachyon.Failover.Shells;

/// <summary>What the shells log. Numbers and names of events are API: they are never used again for something else.</summary>
internal static partial class ShellLog
{
    [LoggerMessage(101, LogLevel.Information, "Connected to {Shell} with {HostKeyAlgorithm}, {ServerVersion}", EventName = "ShellConnected")]
    public static partial void Connected(ILogger logger, string shell, string? hostKeyAlgorithm, string? serverVersion);

    [LoggerMessage(102, LogLevel.Information, "No connection to {Shell}: {Reason}", EventName = "ShellNotConnected")]
    public static partial void NotConnected(ILogger logger, string shell, string reason);

    [LoggerMessage(103, LogLevel.Warning, "The connection to {Shell} ended: {Reason}", EventName = "ShellConnectionLost")]
    public static partial void ConnectionLost(ILogger logger, string shell, string reason);

    [LoggerMessage(104, LogLevel.Debug, "Closing the connection to {Shell} failed: {Reason}", EventName = "ShellCloseFailed")]
    public static partial void CloseFailed(ILogger logger, string shell, string reason);
}
