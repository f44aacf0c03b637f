using Tachyon.Failover.Hosts;

namespace Tachyon.Failover.Seams;

/// <summary>A validator's process whose exceptions are results.</summary>
internal sealed class GuardedProcess(IValidatorProcess inner) : IValidatorProcess
{
    public string CommandToStop => GuardedCall.Words(() => inner.CommandToStop);

    public Task<CallResult> StopAsync(CancellationToken cancellationToken = default) => GuardedCall.RunAsync(() => inner.StopAsync(cancellationToken), cancellationToken);
}
