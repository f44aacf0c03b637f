using Tachyon.Failover.Nodes;

namespace Tachyon.Failover.Seams;

/// <summary>A validator's process whose exceptions are results.</summary>
internal sealed class GuardedProcess(IValidatorProcess inner) : IValidatorProcess
{
    public string CommandToStop => GuardedCall.Words(() => inner.CommandToStop);

    /// <summary>Clamped to the bounds of the interface, also after an exception: every wait must end.</summary>
    public TimeSpan LongestStop
    {
        get
        {
            try
            {
                return TimeSpan.FromSeconds(Math.Clamp(inner.LongestStop.TotalSeconds, 1, 3600));
            }
            catch (Exception)
            {
                return TimeSpan.FromMinutes(1);
            }
        }
    }

    public Task<CallResult> VerifyStoppedAsync(CancellationToken cancellationToken = default) => GuardedCall.RunAsync(() => inner.VerifyStoppedAsync(cancellationToken), cancellationToken);

    public Task<CallResult> StopAsync(CancellationToken cancellationToken = default) => GuardedCall.RunAsync(() => inner.StopAsync(cancellationToken), cancellationToken);
}
