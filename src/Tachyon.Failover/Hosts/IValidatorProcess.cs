namespace Tachyon.Failover.Hosts;

/// <summary>The validator's process on a node, for the case that the validator itself does not answer.</summary>
/// <remarks>Thread-safe. Not in one order with the calls of <see cref="IValidatorHost"/>: one that hangs there must not keep the process from being stopped.</remarks>
public interface IValidatorProcess
{
    /// <summary>
    /// Stops whatever validator runs on the node's ledger, by the configured command or by signal, and sees that every process that was there when it began is gone. A supervisor may
    /// start another one; which identity that takes, the link says. May be repeated; a node on which none runs is a success.
    /// </summary>
    Task<CallResult> StopAsync(CancellationToken cancellationToken = default);

    /// <summary>The command that a person would run on the node for the same effect.</summary>
    string CommandToStop { get; }
}
