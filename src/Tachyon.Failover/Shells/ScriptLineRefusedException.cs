namespace Tachyon.Failover.Shells;

/// <summary>A node's shell did not become ready; the message is its output.</summary>
internal sealed class ScriptLineRefusedException(string message) : FailoverException(message);
