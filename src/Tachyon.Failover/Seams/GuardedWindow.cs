using Tachyon.Failover.RestartWindows;

namespace Tachyon.Failover.Seams;

/// <summary>A wait for a restart window whose exceptions are results.</summary>
internal sealed class GuardedWindow(IRestartWindow inner) : IRestartWindow
{
    public Task<CallResult<OpenRestartWindow>> WaitAsync(RestartWindowRequest request, IProgress<string>? notes, CancellationToken cancellationToken = default) =>
        GuardedCall.ReadAsync(() => inner.WaitAsync(request.Copy(), notes, cancellationToken), cancellationToken);
}
