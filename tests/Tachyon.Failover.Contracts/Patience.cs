using System.Globalization;
using Tachyon.Failover.Cluster;

namespace Tachyon.Failover.Contracts;

/// <summary>
/// How long tests wait, in one place. What must come is waited for with <see cref="Limit"/>. What must run out is given <see cref="Of"/>: a busy machine gets more time for it, so
/// that no test is decided by how busy the machine is.
/// </summary>
public static class Patience
{
    private const double Most = 10;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>How many times longer than on a quiet machine things take here: the variable <c>TEST_PATIENCE</c>, or else the programs that are ready to run for each processor. From 1 to 10.</summary>
    public static double Factor { get; } = Math.Clamp(FromEnvironment() ?? FromLoad(), 1, Most);

    /// <summary>
    /// The longest wait for what must come, a slot, an answer, the end of a process. A test that passes never takes as long; one that would never end fails by it.
    /// </summary>
    public static TimeSpan Limit { get; } = TimeSpan.FromMinutes(5);

    /// <summary>The time limits of the product in tests that wait for none of them: four times the default.</summary>
    public static ValidatorTimeLimits TimeLimits => new() { SetIdentity = TimeSpan.FromSeconds(40), Command = TimeSpan.FromSeconds(20), Stop = TimeSpan.FromSeconds(40) };

    /// <summary>How a cluster's RPC is called in tests that wait for no answer to be late.</summary>
    public static HttpClusterRpcOptions Calls => new() { CallTimeLimit = TimeLimits.Command };

    /// <summary>A node's settings, with <see cref="TimeLimits"/>.</summary>
    public static ValidatorNodeSettings With(ValidatorNodeSettings node) => node.With(static it => it.TimeLimits = TimeLimits);

    /// <summary>A time that has to run out.</summary>
    /// <param name="seconds">How long that is on a quiet machine.</param>
    public static TimeSpan Of(double seconds) => TimeSpan.FromSeconds(seconds * Factor);

    /// <summary>Waits until something is so of which nobody can tell: a file, a process, a port.</summary>
    /// <exception cref="TimeoutException">It was not so within <see cref="Limit"/>.</exception>
    public static Task UntilAsync(Func<bool> isSo, CancellationToken cancellationToken) => UntilAsync(() => Task.FromResult(isSo()), cancellationToken);

    /// <summary>As <see cref="UntilAsync(Func{bool}, CancellationToken)"/>, for what has to be asked.</summary>
    /// <exception cref="TimeoutException">It was not so within <see cref="Limit"/>.</exception>
    public static async Task UntilAsync(Func<Task<bool>> isSo, CancellationToken cancellationToken)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (!await isSo())
        {
            if (TimeProvider.System.GetElapsedTime(start) > Limit)
            {
                throw new TimeoutException($"It was not so within {Limit}.");
            }

            await Task.Delay(Pause, TimeProvider.System, cancellationToken);
        }
    }

    private static double? FromEnvironment() =>
        double.TryParse(Environment.GetEnvironmentVariable("TEST_PATIENCE"), NumberStyles.Float, CultureInfo.InvariantCulture, out var factor) ? factor : null;

    // The fourth word is "ready to run/all". The averages before it still hold the build that came before the tests.
    private static double FromLoad() =>
        File.Exists("/proc/loadavg") && int.TryParse(File.ReadAllText("/proc/loadavg").Split(' ')[3].Split('/')[0], CultureInfo.InvariantCulture, out var ready)
            ? ready / (2.0 * Environment.ProcessorCount)
            : 1;
}
