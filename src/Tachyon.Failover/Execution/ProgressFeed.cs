using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Tachyon.Failover.Telemetry;

namespace Tachyon.Failover.Execution;

/// <summary>
/// Hands reports to an observer, if there is one, on a task of its own: an observer that is slow or throws does not touch the protocol.
/// </summary>
internal sealed class ProgressFeed : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly Channel<FailoverProgress> _reports = Channel.CreateUnbounded<FailoverProgress>(new UnboundedChannelOptions { SingleReader = true });
    private readonly ILogger _logger;
    private readonly TimeProvider _time;
    private readonly long _start;
    private readonly Task _handing;

    public ProgressFeed(IProgress<FailoverProgress>? observer, ILogger logger, TimeProvider time)
    {
        _logger = logger;
        _time = time;
        _start = time.GetTimestamp();
        _handing = observer is null ? Task.CompletedTask : HandOnAsync(observer);
    }

    public void Report(SwitchoverStep step, string? node, TimeSpan elapsed, CallResult? result = null, string? note = null) =>
        _reports.Writer.TryWrite(new FailoverProgress
        {
            Step = step,
            Node = node,
            Result = result,
            Elapsed = elapsed,
            SinceStart = _time.GetElapsedTime(_start),
            Note = note,
        });

    /// <summary>Gives the observer a little time for the reports that it has not had yet; one that needs more gets them later.</summary>
    public async ValueTask DisposeAsync()
    {
        _reports.Writer.TryComplete();
        await Task.WhenAny(_handing, Task.Delay(Patience, _time)).ConfigureAwait(false);
    }

    private async Task HandOnAsync(IProgress<FailoverProgress> observer)
    {
        await foreach (var report in _reports.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            try
            {
                observer.Report(report);
            }
            catch (Exception exception)
            {
                FailoverLog.ObserverThrew(_logger, exception);
            }
        }
    }
}
