namespace Tachyon.Failover.Hosts;

/// <summary>The validator's process on a node, for the case that the validator itself does not answer.</summary>
/// <remarks>Thread-safe. Not in one order with the calls of <see cref="IValidatorHost"/>: one that hangs there must not keep the process from being stopped.</remarks>
public interface IValidatorProcess
{
    /// <summary>
    /// Stops the validator that runs on the node's ledger, by the configured command or by signal, and then looks as <see cref="VerifyStoppedAsync"/> does, whatever the stop itself said: done only
    /// if nothing is left of what ran when it began. A supervisor may have started another one since; which identity that takes, the link says. May be repeated; a node on which none runs is a success.
    /// </summary>
    Task<CallResult> StopAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Looks whether no validator runs on the node's ledger. Done: none does, and two independent things say so, such as the processes and the admin socket. Not done: one runs. Unknown: it cannot be
    /// told. A look that fails is never done. Changes nothing; may be repeated.
    /// </summary>
    Task<CallResult> VerifyStoppedAsync(CancellationToken cancellationToken = default);

    /// <summary>How long either call may take if each of its parts takes just under its own limit: who calls waits for so long, and no longer. 1 s to 1 h.</summary>
    TimeSpan LongestStop { get; }

    /// <summary>The command that a person would run on the node for the same effect.</summary>
    string CommandToStop { get; }
}
