namespace Tachyon.Failover.Hosts;

/// <summary>Makes a lost node harmless from outside: cuts its power, ends its virtual machine, closes its switch port. The embedder's own; the library has none.</summary>
/// <remarks>Thread-safe. Whatever it throws counts as not known.</remarks>
public interface ISourceFence
{
    /// <summary>Fences the node, and returns when that is done. May be repeated.</summary>
    Task<CallResult> FenceAsync(CancellationToken cancellationToken = default);

    /// <summary>Asks anew whether the node is fenced, without changing anything: done only if it is, and will stay so until a person gives it free.</summary>
    Task<CallResult> VerifyAsync(CancellationToken cancellationToken = default);
}
