using System.Globalization;
using System.Text.Json;
using System.Threading.Channels;
using Tachyon.Failover.Pairs;

namespace Tachyon.Failover.Daemon.Events;

/// <summary>Posts events one after the other, in order, on a task of its own. No caller waits. An event that cannot be posted is logged and dropped.</summary>
internal sealed class Webhook(WebhookSettings? settings, string daemon, string identity, HttpClient http, DaemonMetrics metrics, TimeProvider time, ILogger<Webhook> logger) : BackgroundService, IEventSink
{
    private const int MostWaiting = 256;

    private readonly Channel<DaemonEvent> _waiting = Channel.CreateBounded<DaemonEvent>(new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
    private readonly CancellationTokenSource _givenUp = new();

    public void Tell(DaemonEvent happened)
    {
        if (settings is not null)
        {
            _waiting.Writer.TryWrite(happened);
        }
    }

    /// <summary>Posts the events that were told before the end, within the limit of one try.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        _waiting.Writer.TryComplete();
        _givenUp.CancelAfter(settings?.Limit ?? TimeSpan.Zero);
        await (ExecuteTask ?? Task.CompletedTask).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await base.StopAsync(cancellationToken);
    }

    public override void Dispose()
    {
        _givenUp.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (settings is null)
        {
            return;
        }

        await foreach (var happened in _waiting.Reader.ReadAllAsync(_givenUp.Token))
        {
            await PostAsync(happened, settings);
        }
    }

    private async Task PostAsync(DaemonEvent happened, WebhookSettings to)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(EventDocument.Of(happened, daemon, identity), EventJson.Default.EventDocument);
        for (var attempt = 1; ; attempt++)
        {
            var failure = await TryAsync(body, to);
            metrics.WebhookPosted(failure is null);
            if (failure is null)
            {
                return;
            }

            // All of the address but its host may be secret.
            logger.WebhookFailed(happened.Name, to.Url.Authority, attempt, to.Tries, failure);
            if (attempt >= to.Tries || _givenUp.IsCancellationRequested)
            {
                return;
            }

            await Task.Delay(TimeSpan.FromSeconds(Math.Pow(2, attempt - 1)), time, _givenUp.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<string?> TryAsync(byte[] body, WebhookSettings to)
    {
        using var limit = new CancellationTokenSource(to.Limit, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, _givenUp.Token);
        try
        {
            using var content = new ByteArrayContent(body);
            content.Headers.ContentType = new("application/json");
            using var request = new HttpRequestMessage(HttpMethod.Post, to.Url) { Content = content };
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, both.Token);
            return answer.IsSuccessStatusCode ? null : string.Create(CultureInfo.InvariantCulture, $"it answered {(int)answer.StatusCode}");
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException or IOException)
        {
            return exception is OperationCanceledException ? "it did not answer in time" : exception.Message;
        }
    }
}
