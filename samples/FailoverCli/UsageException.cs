namespace Tachyon.Failover.Cli;

/// <summary>The program was called in a way that it cannot follow. The message names what, and the remedy.</summary>
internal sealed class UsageException(string message) : Exception(message);
