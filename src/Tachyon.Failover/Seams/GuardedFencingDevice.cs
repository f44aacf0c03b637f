using Tachyon.Failover.Hosts;

namespace Tachyon.Failover.Seams;

/// <summary>A fence whose exceptions are results.</summary>
internal sealed class GuardedFencingDevice(IFencingDevice inner) : IFencingDevice
{
    public Task<CallResult> FenceAsync(CancellationToken cancellationToken = default) => GuardedCall.RunAsync(() => inner.FenceAsync(cancellationToken), cancellationToken);

    public Task<CallResult> VerifyAsync(CancellationToken cancellationToken = default) => GuardedCall.RunAsync(() => inner.VerifyAsync(cancellationToken), cancellationToken);
}
