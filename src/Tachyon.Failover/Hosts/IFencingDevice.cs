namespace Tachyon.Failover.Hosts;

/// <summary>Fences a lost node from outside: cuts its power, stops its virtual machine, closes its switch port. The embedder implements it; the library has none.</summary>
/// <remarks>Thread-safe. An exception counts as an unknown result.</remarks>
public interface IFencingDevice
{
    /// <summary>Fences the node, and returns after that is done. May be repeated.</summary>
    Task<CallResult> FenceAsync(CancellationToken cancellationToken = default);

    /// <summary>Reads whether the node is fenced, and changes nothing. Done only if it is, and stays so until an operator releases it.</summary>
    Task<CallResult> VerifyAsync(CancellationToken cancellationToken = default);
}
