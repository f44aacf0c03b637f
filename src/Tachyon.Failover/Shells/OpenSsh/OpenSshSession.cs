using Tachyon.Failover.Shells.Ssh;

namespace Tachyon.Failover.Shells.OpenSsh;

/// <summary>A script behind an <c>ssh</c> of its own.</summary>
internal sealed class OpenSshSession : IShellSession
{
    // For the end of the input to leave; ssh does not say when it has. And for what ssh had written when it ended.
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

    /// <summary>What was said by <c>ssh</c>, and by the login on the host, before the script.</summary>
    public string Words => $"{_error.Words}\n{_output.Words}";

    /// <summary>Lets the input end. An <c>ssh</c> that still runs after a moment is ended.</summary>
    public ValueTask DisposeAsync()
    {
        _ = CloseAsync();
        return ValueTask.CompletedTask;
    }

    /// <summary>As disposing, and waits for it.</summary>
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

        // Something that ssh started may outlive it, and keep the stream open.
        using var ended = new CancellationTokenSource();
        await Task.WhenAny(_error.Ended, Task.Delay(Patience, _time, ended.Token)).ConfigureAwait(false);
        await ended.CancelAsync().ConfigureAwait(false);

        // The exit code alone says nothing: 255 is also the code of ssh's own failures, and with a status that came before the connection was
        // lost, ssh ends as if all were well, although the end of the output may be missing.
        return OpenSshWords.IsLoss(_error.LastLine) ? ShellExit.Lost(_error.LastLine.Trim().TrimEnd('.'))
            : _error.Status == code ? ShellExit.Exited(code)
            : _process.IsKilled ? ShellExit.Lost("the session was closed here before the script was known to have ended")
            : ShellExit.Lost(_error.LastLine.EndsWith('\r') ? _error.LastLine.Trim().TrimEnd('.') : $"ssh ended with code {code} and did not say why");
    }
}
