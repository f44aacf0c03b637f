namespace Tachyon.Failover.Nodes;

/// <summary>The validator's process on a node, for a validator that does not answer.</summary>
/// <remarks>Thread-safe. Not ordered with the calls of <see cref="IValidatorHost"/>: a call that hangs there must not delay the stop.</remarks>
public interface IValidatorProcess
{
    /// <summary>
    /// Stops the validator of the node's ledger, by the configured command or by signal, and then checks like <see cref="VerifyStoppedAsync"/>. Done only if nothing is left of what
    /// ran before, even if the stop itself succeeded. A supervisor may have started another validator since; the link decides its identity. May be repeated; if none runs, that is a success.
    /// </summary>
    Task<CallResult> StopAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Checks that no validator runs on the node's ledger. Done: none runs, and two independent sources agree, such as the processes and the admin socket. Not done: one runs.
    /// Unknown: the sources do not suffice. A failed probe is never done. Changes nothing; may be repeated.
    /// </summary>
    Task<CallResult> VerifyStoppedAsync(CancellationToken cancellationToken = default);

    /// <summary>The longest time of either call if each of its parts takes almost its whole limit. The caller waits this long. 1 s to 1 h.</summary>
    TimeSpan LongestStop { get; }

    /// <summary>The command with which an operator does the same on the node.</summary>
    string CommandToStop { get; }
}
