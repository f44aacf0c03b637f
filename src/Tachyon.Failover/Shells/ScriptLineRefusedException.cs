namespace Tachyon.Failover.Shells;

/// <summary>A node's shell did not get ready; the message is what it said.</summary>
internal sealed class ScriptLineRefusedException(string message) : FailoverException(message);
