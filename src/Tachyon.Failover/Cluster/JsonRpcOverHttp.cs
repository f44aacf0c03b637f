using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tachyon.Failover.Cluster.Wire;

namespace Tachyon.Failover.Cluster;

/// <summary>One JSON-RPC call over one HTTP exchange, with a named result for every failure.</summary>
/// <param name="client">The client.</param>
/// <param name="endpoint">The endpoint.</param>
/// <param name="name">Its name in messages.</param>
/// <param name="options">The limits.</param>
/// <param name="timeProvider">The clock of the limits.</param>
/// <param name="way">The connection that must be open before a call begins; null for none.</param>
internal sealed class JsonRpcOverHttp(HttpClient client, Uri endpoint, EndpointName name, HttpClusterRpcOptions options, TimeProvider timeProvider, ShellWay? way = null)
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    private long _lastId;

    /// <summary>Reads a JSON-RPC error as an answer; false if it is none.</summary>
    internal delegate bool RefusalReader<T>(WireError error, out T answer);

    public async Task<T> CallAsync<T>(string method, JsonNode?[] parameters, Func<JsonElement, T> read, CancellationToken cancellationToken, RefusalReader<T>? readRefusal = null)
    {
        var id = Interlocked.Increment(ref _lastId);
        var (status, body) = await ExchangeAsync(method, id, parameters, cancellationToken).ConfigureAwait(false);

        // From here on only received bytes are parsed: no wait, no time limit, no cancellation.
        try
        {
            var answer = Parse(id, status, body.Span);
            if (status != HttpStatusCode.OK && (answer.Error is null || status == HttpStatusCode.TooManyRequests))
            {
                throw HttpError(method, status, body.Span);
            }

            if (answer.Error is null)
            {
                return read(answer.Result);
            }

            return readRefusal is not null && readRefusal(answer.Error, out var taken) ? taken : throw Refused(method, answer.Error);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            // Not only JsonException: half of a surrogate pair, for example, throws InvalidOperationException.
            if (status != HttpStatusCode.OK)
            {
                throw HttpError(method, status, body.Span);
            }

            throw Nonsense(method, $"sent an invalid answer ('{name.Quote(exception.Message)}'). It begins with '{name.Quote(body.Span)}'.", exception);
        }
    }

    private async Task<(HttpStatusCode Status, ReadOnlyMemory<byte> Body)> ExchangeAsync(string method, long id, JsonNode?[] parameters, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var call = JsonSerializer.SerializeToUtf8Bytes(new WireRequest { Id = id, Method = method, Params = new JsonArray(parameters) }, WireJson.Default.WireRequest);
        CancellationTokenSource? limit = null;
        try
        {
            await (way?.ReachAsync(cancellationToken) ?? Task.CompletedTask).ConfigureAwait(false);
            limit = new CancellationTokenSource(options.CallTimeLimit, timeProvider);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
            using var response = await SendAsync(call, either.Token).ConfigureAwait(false);
            return (response.StatusCode, await ReadBodyAsync(method, response.Content, either.Token).ConfigureAwait(false));
        }
        catch (Exception exception) when (exception is not ClusterRpcException)
        {
            if (cancellationToken.IsCancellationRequested)
            {
                // The exception has the linked token, which the caller does not know.
                throw new OperationCanceledException($"{method} at {name} was canceled by its caller.", exception, cancellationToken);
            }

            throw NoAnswer(method, exception, timedOut: limit is { IsCancellationRequested: true } || IsTimeout(exception));
        }
        finally
        {
            limit?.Dispose();
        }
    }

    /// <summary>
    /// A server may close a kept-open connection just when the next request is sent on it. HttpClient does not repeat a
    /// POST then, because it cannot know that these change nothing.
    /// </summary>
    private async Task<HttpResponseMessage> SendAsync(byte[] call, CancellationToken cancellationToken)
    {
        try
        {
            return await SendOnceAsync(call, cancellationToken).ConfigureAwait(false);
        }
        catch (HttpRequestException exception) when (!cancellationToken.IsCancellationRequested && WasCutOff(exception))
        {
            return await SendOnceAsync(call, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<HttpResponseMessage> SendOnceAsync(byte[] call, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint)
        {
            Content = new ByteArrayContent(call) { Headers = { ContentType = Json } },
        };
        return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
    }

    private async Task<ReadOnlyMemory<byte>> ReadBodyAsync(string method, HttpContent content, CancellationToken cancellationToken)
    {
        var stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            using var body = new MemoryStream();
            var chunk = new byte[32 * 1024];
            for (int read; (read = await stream.ReadAsync(chunk, cancellationToken).ConfigureAwait(false)) > 0;)
            {
                if (body.Length + read > options.MaxAnswerBytes)
                {
                    throw Nonsense(method, $"sent more than {options.MaxAnswerBytes} bytes.", null);
                }

                body.Write(chunk, 0, read);
            }

            return body.GetBuffer().AsMemory(0, (int)body.Length);
        }
    }

    private static (JsonElement Result, WireError? Error) Parse(long id, HttpStatusCode status, ReadOnlySpan<byte> body)
    {
        var answer = JsonSerializer.Deserialize(body, WireJson.Default.WireAnswer) ?? throw new JsonException("it is null.");
        var error = answer.Error.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null
            ? null
            : answer.Error.Deserialize(WireJson.Default.WireError);

        // A server that could not read the request answers with an error whose id is null. With a status other than 200 this does
        // not prove that the node wrote it.
        var isOurs = answer.HasId(id) || (answer.Id.ValueKind == JsonValueKind.Null && error is not null && status == HttpStatusCode.OK);
        if (answer.Jsonrpc != WireAnswer.Version || !isOurs)
        {
            throw new JsonException($"it is not the JSON-RPC {WireAnswer.Version} answer to request {id.ToString(CultureInfo.InvariantCulture)}.");
        }

        // A null beside the other member is ignored, as in JSON-RPC 1.0; two nulls are no answer.
        var hasResult = answer.Result.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null);
        var isNullResult = answer.Result.ValueKind == JsonValueKind.Null && answer.Error.ValueKind == JsonValueKind.Undefined;
        return (error is not null) ^ (hasResult || isNullResult)
            ? (answer.Result, error)
            : throw new JsonException("it has not just one of result and error.");
    }

    private ClusterRpcException NoAnswer(string method, Exception exception, bool timedOut)
    {
        if (exception is TimeoutException)
        {
            return new(ClusterRpcFailure.TimedOut, method, $"{method} at {name}: not sent, {exception.Message}.{ClusterRpcRemedy.ForConnecting}", innerException: exception);
        }

        if (timedOut)
        {
            return new(ClusterRpcFailure.TimedOut, method, $"{method} at {name}: no answer within {options.CallTimeLimit.TotalSeconds.ToString(CultureInfo.InvariantCulture)} s.{ClusterRpcRemedy.ForTimeout}", innerException: exception);
        }

        if (IsNoHttp(exception))
        {
            return Nonsense(method, $"sent no valid HTTP ('{name.Quote(exception.Message)}').", exception);
        }

        // HttpClient's message about a failed connect holds only the address; the shell's own message is one level deeper.
        var cause = exception.InnerException as FailoverException ?? exception;
        return new(ClusterRpcFailure.Unreachable, method, $"{method} at {name}: not reached, or lost before the answer was whole ('{name.Quote(cause.Message)}').{ClusterRpcRemedy.ForUnreachable}", innerException: cause);
    }

    private ClusterRpcException Refused(string method, WireError error) =>
        new(ClusterRpcFailure.Refused, method, $"{method} at {name} was refused with {error.Code.ToString(CultureInfo.InvariantCulture)}: '{name.Quote(error.Message)}'.{ClusterRpcRemedy.ForRefusal(error.Code)}", error.Code);

    private ClusterRpcException HttpError(string method, HttpStatusCode status, ReadOnlySpan<byte> body) =>
        new(ClusterRpcFailure.HttpError, method, $"{method} at {name} was answered with HTTP status {((int)status).ToString(CultureInfo.InvariantCulture)}: '{name.Quote(body)}'.{ClusterRpcRemedy.ForStatus((int)status)}", (int)status);

    private ClusterRpcException Nonsense(string method, string what, Exception? exception) =>
        new(ClusterRpcFailure.InvalidResponse, method, $"{method} at {name} {what}{ClusterRpcRemedy.ForNonsense}", innerException: exception);

    /// <summary>The caller's own HttpClient may have a shorter limit, and a handler its own limit for connecting.</summary>
    private static bool IsTimeout(Exception exception) => exception is OperationCanceledException { InnerException: TimeoutException };

    /// <summary>The connection was open, and ended before the first byte of an answer. A failed connect is different.</summary>
    private static bool WasCutOff(HttpRequestException exception) =>
        exception.HttpRequestError is HttpRequestError.ResponseEnded ||
        (exception.HttpRequestError is HttpRequestError.Unknown && exception.InnerException is IOException);

    private static bool IsNoHttp(Exception exception) => exception switch
    {
        HttpRequestException { HttpRequestError: HttpRequestError.InvalidResponse or HttpRequestError.ConfigurationLimitExceeded } => true,
        HttpIOException { HttpRequestError: HttpRequestError.InvalidResponse or HttpRequestError.ConfigurationLimitExceeded } => true,
        _ => false,
    };
}
