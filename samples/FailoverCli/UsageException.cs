namespace Tachyon.Failover.Cli;

/// <summary>The arguments are wrong. The message names the argument and the remedy.</summary>
internal sealed class UsageException(string message) : Exception(message);
