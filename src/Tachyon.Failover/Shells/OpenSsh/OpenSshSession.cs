using Tachyon.Failover.Runtime;
using Tachyon.Failover.Shells.Ssh;

namespace Tachyon.Failover.Shells.OpenSsh;

/// <summary>A script in its own <c>ssh</c>.</summary>
internal sealed class OpenSshSession : IShellSession
{
    // Time to send the end of the input, which ssh does not confirm, and to read what ssh wrote before its end.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly OpenSshProcess _process;
    private readonly MarkedStream _output;
    private readonly ErrorOutput _error;
    private readonly TimeProvider _time;

    public OpenSshSession(OpenSshProcess process, ShellBootstrap bootstrap, TimeProvider time)
    {
        _process = process;
        _time = time;
        _output = new MarkedStream(process.Output, bootstrap.Mark);
        _error = new ErrorOutput(process.Error, bootstrap);
        IsReady = WaitForMarksAsync();
        Completion = WatchAsync();
    }

    public Stream StandardInput => _process.Input;

    public Stream StandardOutput => _output;

    public Stream StandardError => _error.Output;

    public Task<ShellExit> Completion { get; }

    /// <summary>Whether an <c>sh</c> waits for its script; false when <c>ssh</c> ended before. Nothing may be read until it completes.</summary>
    public Task<bool> IsReady { get; }

    /// <summary>The messages of <c>ssh</c> and of the login on the host before the script.</summary>
    public string Words => $"{_error.Words}\n{_output.Words}";

    /// <summary>Closes the input. An <c>ssh</c> that still runs after a moment is killed.</summary>
    public ValueTask DisposeAsync()
    {
        _ = CloseAsync();
        return ValueTask.CompletedTask;
    }

    /// <summary>Like disposing, but waits for the end.</summary>
    public async Task CloseAsync()
    {
        await _process.CloseAsync(Patience, _time).ConfigureAwait(false);
        _error.Dispose();
        await _output.DisposeAsync().ConfigureAwait(false);
    }

    private async Task<bool> WaitForMarksAsync()
    {
        var output = await _output.SkipAsync().ConfigureAwait(false);
        return await _error.Marked.ConfigureAwait(false) && output;
    }

    private async Task<ShellExit> WatchAsync()
    {
        var code = await _process.Exited.ConfigureAwait(false);

        // A child process of ssh may outlive it, and keep the stream open.
        using var ended = new CancellationTokenSource();
        await Task.WhenAny(_error.Ended, _time.DelayAsync(Patience, ended.Token)).ConfigureAwait(false);
        await ended.CancelAsync().ConfigureAwait(false);

        // The exit code alone shows nothing: 255 is also the code of ssh's own failures. If the connection was lost after the status arrived,
        // ssh ends as after a success, although the end of the output may be missing.
        return OpenSshWords.IsLoss(_error.LastLine) ? ShellExit.Lost(_error.LastLine.Trim().TrimEnd('.'))
            : _error.Status == code ? ShellExit.Exited(code)
            : _process.IsKilled ? ShellExit.Lost("the session was closed here before the script was known to have ended")
            : ShellExit.Lost(_error.LastLine.EndsWith('\r') ? _error.LastLine.Trim().TrimEnd('.') : $"ssh ended with code {code} and did not say why");
    }
}
