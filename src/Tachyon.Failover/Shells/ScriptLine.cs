using System.Buffers;
using System.IO.Pipelines;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Channels;

namespace Tachyon.Failover.Shells;

/// <summary>
/// One <c>sh</c> that runs on a node and takes scripts from its standard input, one after the other. A script then needs no new
/// channel and no login, and can be sent without waiting for the previous one.
/// </summary>
/// <remarks>
/// Each script runs in a subshell, without standard input. It answers with a line of its number, status and length, and then with
/// its output. Not thread-safe on the sending side: <see cref="NodeShell"/> sends from one loop.
/// </remarks>
internal sealed class ScriptLine : IAsyncDisposable
{
    /// <summary>The most bytes of an answer. The longest one, an inspection, has some kilobytes.</summary>
    internal const int MostOfAnAnswer = 1024 * 1024;

    /// <summary>The most bytes of a line that an opening prints, or that begins an answer.</summary>
    internal const int LongestLine = 64 * 1024;

    private readonly IShellSession _session;
    private readonly TimeProvider _time;
    private NodeUptime _uptime;
    private readonly PipeReader _answers;
    private readonly Channel<ScriptRequest> _sent = Channel.CreateUnbounded<ScriptRequest>();
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly CancellationTokenSource _over = new();
    private readonly bool _isLeased;
    private readonly Task _reading;
    private volatile string? _broken;
    private bool _isStillReading;
    private long _number;

    private ScriptLine(IShellSession session, PipeReader answers, NodeUptime uptime, TimeSpan? beat, TimeProvider time)
    {
        _isLeased = beat is not null;
        _uptime = uptime;
        _session = session;
        _answers = answers;
        _time = time;
        _reading = ReadAnswersAsync();
        if (beat is { } interval)
        {
            _ = BeatAsync(interval);
        }
    }

    /// <summary>The node's clocks, which reject a script that arrives too late.</summary>
    public NodeUptime Uptime => _uptime;

    /// <summary>Whether scripts can still be sent.</summary>
    public bool IsUsable => _broken is null;

    /// <summary>
    /// Starts the shell and waits until the opening prints <c>ready</c> and the node's clocks. The readings of the conversation <paramref name="before"/> stay in force.
    /// </summary>
    /// <param name="shell">The shell of the node.</param>
    /// <param name="opening">The script to start. It ends as a shell that takes scripts.</param>
    /// <param name="limit">How long that may take.</param>
    /// <param name="beat">How often a heartbeat is sent, if the opening is a <see cref="LeasedOpening"/>; null if it is not.</param>
    /// <param name="time">The clock.</param>
    /// <param name="before">The node's clocks from an earlier conversation; null if they do not matter.</param>
    /// <exception cref="ShellException">It could not be started.</exception>
    /// <exception cref="ScriptLineRefusedException">The opening ended, or printed something else.</exception>
    /// <exception cref="TimeoutException">It printed nothing within the limit.</exception>
    public static async Task<ScriptLine> OpenAsync(IShell shell, ShellScript opening, TimeSpan limit, TimeSpan? beat, TimeProvider time, NodeUptime? before = null)
    {
        using var cancellation = new CancellationTokenSource(limit, time);
        IShellSession? session = null;
        try
        {
            session = await shell.StartAsync(opening, cancellation.Token).OrClosedLateAsync(limit, time, CancellationToken.None).ConfigureAwait(false);
            var answers = PipeReader.Create(session.StandardOutput);
            var firstLine = await ReadLineAsync(answers).WaitAsync(limit, time).ConfigureAwait(false);
            var uptime = NodeUptime.FromGreeting(firstLine, time)?.Since(before)
                ?? throw new ScriptLineRefusedException(firstLine ?? await ReadErrorAsync(session, time).ConfigureAwait(false));

            var line = new ScriptLine(session, answers, uptime, beat, time);
            session = null;
            return line;
        }
        catch (OperationCanceledException exception)
        {
            throw new TimeoutException(FormattableString.Invariant($"{shell.Name} did not start a shell within {limit.TotalSeconds:0.#} s."), exception);
        }
        finally
        {
            if (session is not null)
            {
                await session.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    /// <summary>Sends a script. The answer completes the request, and so does a failure to send.</summary>
    public async Task SendAsync(ScriptRequest request)
    {
        if (_uptime.Guard(request, _time) is not { } guard)
        {
            request.Complete(ScriptAnswer.NotSent(CallFailure.Expired, "the node's clocks cannot be read: it has no readable /proc/uptime, or no `date`"));
            return;
        }

        // The number keeps the answer from being taken for that of another script.
        request.Number = ++_number;
        var run = request.MayLeaveProcesses ? RunForItself(guard, request.Script) : ShellScript.Create(
            $$"""
            o=$( {
            {{guard}}
            {{request.Script}}
            } 2>&1 </dev/null 9>&- ); s=$?
            """);
        var keep = request.KeepAs is null ? ShellScript.Create($"") : ShellScript.Create($"export {request.KeepAs}=\"$o\";");
        var text = ShellScript.Create(
            $$"""
            {{run}}; {{keep}} printf '%s %s %s\n%s\n' {{request.Number}} $s ${#o} "$o"
            """);

        if (!_sent.Writer.TryWrite(request))
        {
            request.Complete(ScriptAnswer.NotSent(CallFailure.Unreachable, _broken ?? "the session was closed"));
            return;
        }

        try
        {
            await WriteAsync(_isLeased ? LeasedOpening.PassOn(text) : text).WaitAsync(request.Limit, _time).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            Break(CallFailure.ConnectionLost, exception.Message);
        }
    }

    /// <summary>Waits until every script that was sent is answered or canceled.</summary>
    public async Task DrainAsync()
    {
        _sent.Writer.TryComplete();
        await _reading.ConfigureAwait(false);
    }

    /// <summary>Ends the shell after the scripts that were sent, and waits for its end or the limit.</summary>
    public async Task CloseAsync(TimeSpan limit)
    {
        await DrainAsync().ConfigureAwait(false);
        await _over.CancelAsync().ConfigureAwait(false);
        try
        {
            await _session.StandardInput.DisposeAsync().ConfigureAwait(false);
            await _session.Completion.WaitAsync(limit, _time).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or TimeoutException or ObjectDisposedException)
        {
            // The line is being closed; disposing does the rest.
        }

        await DisposeAsync().ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        Break(CallFailure.ConnectionLost, "the session was closed");
        await _session.DisposeAsync().ConfigureAwait(false);
        await _reading.ConfigureAwait(false);
    }

    // Scripts and heartbeats come from two loops, so writes are serialized.
    private async Task WriteAsync(ShellScript text)
    {
        await _turn.WaitAsync().ConfigureAwait(false);
        try
        {
            await _session.StandardInput.WriteAsync(Encoding.UTF8.GetBytes(text.Text + "\n")).ConfigureAwait(false);
            await _session.StandardInput.FlushAsync().ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task BeatAsync(TimeSpan interval)
    {
        using var timer = new PeriodicTimer(interval, _time);
        try
        {
            while (await timer.WaitForNextTickAsync(_over.Token).ConfigureAwait(false))
            {
                await WriteAsync(LeasedOpening.Beat).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The line has ended.
        }
        catch (Exception exception)
        {
            // The next script cannot be sent either.
            Break(CallFailure.ConnectionLost, exception.Message);
        }
    }

    // A substitution ends when no process holds its output, not when the script ends. So the output goes through a program that ends at an unpredictable line.
    private static ShellScript RunForItself(ShellScript guard, ShellScript script)
    {
        var mark = $"tachyon-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))} ";
        return ShellScript.Create(
            $$"""
            mark={{mark}}
            o=$( { (
            {{guard}}
            {{script}}
            ) 2>&1 </dev/null 9>&-; printf '\n%s%s\n' "$mark" $?; } | sed "/^$mark/q" ); s=${o##*"$mark"}; o=$(printf '%s' "${o%"$mark"*}")
            """);
    }

    private static async Task<string?> ReadLineAsync(PipeReader reader)
    {
        while (true)
        {
            var result = await reader.ReadAsync().ConfigureAwait(false);
            if (result.Buffer.PositionOf((byte)'\n') is { } end)
            {
                var line = Encoding.UTF8.GetString(result.Buffer.Slice(0, end));
                reader.AdvanceTo(result.Buffer.GetPosition(1, end));
                return line;
            }

            if (result.Buffer.Length > LongestLine)
            {
                throw new InvalidDataException($"the host sent {LongestLine} bytes without a line end");
            }

            reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
            if (result.IsCompleted)
            {
                return null;
            }
        }
    }

    private static async Task<string> ReadErrorAsync(IShellSession session, TimeProvider time)
    {
        var limit = TimeSpan.FromSeconds(2);
        try
        {
            using var reader = new StreamReader(session.StandardError, Encoding.UTF8);
            var words = (await reader.ReadToEndAsync().WaitAsync(limit, time).ConfigureAwait(false)).Trim();
            var exit = await session.Completion.WaitAsync(limit, time).ConfigureAwait(false);
            return words.Length == 0 ? $"the shell ended before it was ready ({exit})" : words;
        }
        catch (TimeoutException)
        {
            return "the shell closed its output before it was ready";
        }
    }

    private async Task ReadAnswersAsync()
    {
        try
        {
            await foreach (var request in _sent.Reader.ReadAllAsync().ConfigureAwait(false))
            {
                await ReadAnswerAsync(request).ConfigureAwait(false);
            }
        }
        finally
        {
            // A canceled read still owns the reader's buffer. Returning the buffer now would let it write into another reader's buffer.
            if (!_isStillReading)
            {
                await _answers.CompleteAsync().ConfigureAwait(false);
            }
        }
    }

    private async Task ReadAnswerAsync(ScriptRequest request)
    {
        if (_broken is { } reason)
        {
            request.Complete(ScriptAnswer.NoAnswer(CallFailure.ConnectionLost, reason));
            return;
        }

        // The limit runs from here: from the answer to the previous script, or from the sending if there was none.
        try
        {
            var answer = await ParseAnswerAsync(request.Number).WaitAsync(request.Limit, _time).ConfigureAwait(false);
            request.Complete(request.Within is { } within && answer.Status == NodeUptime.TooLate ? CameTooLate(within, answer) : answer);
        }
        catch (TimeoutException)
        {
            _isStillReading = true;
            var detail = FormattableString.Invariant($"no answer within {request.Limit.TotalSeconds:0.###} s");
            Break(CallFailure.TimedOut, $"an earlier script gave {detail}");
            request.Complete(ScriptAnswer.NoAnswer(CallFailure.TimedOut, detail));
        }
        catch (Exception exception)
        {
            // After any error every script that was sent must get its answer.
            Break(CallFailure.ConnectionLost, exception.Message);
            if (exception is InvalidDataException)
            {
                // A host that sends what is no answer may send on without end, and nothing reads it any more.
                _ = EndSessionAsync();
            }

            request.Complete(ScriptAnswer.NoAnswer(CallFailure.ConnectionLost, exception.Message));
        }
    }

    /// <summary>Reads the clocks again for later scripts. The caller has learned that this one came too late.</summary>
    private ScriptAnswer CameTooLate(TimeSpan within, ScriptAnswer answer)
    {
        _uptime = NodeUptime.FromGreeting(answer.Output, _time) ?? _uptime;
        return ScriptAnswer.NotSent(CallFailure.Expired, FormattableString.Invariant($"it arrived more than {within.TotalSeconds:0.###} s after it was asked for, by the node's clocks, and was not begun"));
    }

    private async Task<ScriptAnswer> ParseAnswerAsync(long number)
    {
        var header = await ReadLineAsync(_answers).ConfigureAwait(false)
            ?? throw new IOException($"the connection was lost ({(_session.Completion.IsCompleted ? await _session.Completion.ConfigureAwait(false) : "no exit status")})");

        var parts = header.Split(' ');
        if (parts.Length != 3
            || !long.TryParse(parts[0], out var answered)
            || answered != number
            || !int.TryParse(parts[1], out var status)
            || !int.TryParse(parts[2], out var length)
            || length is < 0 or > MostOfAnAnswer)
        {
            throw new InvalidDataException($"the shell answered '{header}' where the answer to script {number} was expected");
        }

        var result = await _answers.ReadAtLeastAsync(length + 1).ConfigureAwait(false);
        if (result.Buffer.Length < length + 1)
        {
            throw new IOException("the connection was lost in the middle of an answer");
        }

        var output = Encoding.UTF8.GetString(result.Buffer.Slice(0, length));
        _answers.AdvanceTo(result.Buffer.GetPosition(length + 1));
        return ScriptAnswer.Answered(status, output);
    }

    private void Break(CallFailure failure, string reason)
    {
        _broken ??= failure == CallFailure.TimedOut ? reason : $"the connection was lost: {reason}";
        _sent.Writer.TryComplete();
        _over.Cancel();
    }

    private async Task EndSessionAsync()
    {
        try
        {
            await _session.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception)
        {
            // A session of an embedder may throw anything. It is not used again.
        }
    }
}
