using Renci.SshNet;
using Renci.SshNet.Common;

namespace Tachyon.Failover.Shells.Ssh;

/// <summary>A script on its own channel.</summary>
internal sealed class SshNetSession : IShellSession
{
    private readonly TaskCompletionSource<ShellExit> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _ended = new();
    private readonly SshCommand _command;
    private readonly Task _connectionLost;
    private readonly OutputPump _output;
    private readonly OutputPump _error;
    private readonly ScriptInput _input;
    private Task? _closing;

    private SshNetSession(SshCommand command, Task execution, Stream input, ShellBootstrap bootstrap, SshNetConnection connection)
    {
        _command = command;
        _connectionLost = connection.Lost;
        var name = connection.Name;
        _input = new ScriptInput(input, () => _completion.Task.Result, _ended.Token);
        _output = new OutputPump(command.OutputStream, bootstrap.Mark, connection.Hear, $"ssh output {name}");
        _error = new OutputPump(command.ExtendedOutputStream, default, connection.Hear, $"ssh error {name}");
        _ = WatchAsync(execution);
    }

    public Stream StandardInput => _input;

    public Stream StandardOutput => _output.Output;

    public Stream StandardError => _error.Output;

    public Task<ShellExit> Completion => _completion.Task;

    /// <summary>Whether an <c>sh</c> waits for its script; false when the channel ended before.</summary>
    public Task<bool> IsReady => _output.Marked;

    /// <summary>Opens a channel and requests the bootstrap. Blocks until the host has answered, or the connection is gone.</summary>
    /// <exception cref="SshException">The host opens no channel, or the connection is gone.</exception>
    public static SshNetSession Open(SshClient client, SshNetConnection connection)
    {
        var bootstrap = ShellBootstrap.Create();
        var command = client.CreateCommand(bootstrap.Command);
        try
        {
            var execution = command.ExecuteAsync(CancellationToken.None);
            return new SshNetSession(command, execution, InputOf(command), bootstrap, connection);
        }
        catch
        {
            command.Dispose();
            throw;
        }
    }

    /// <summary>Ends the session on this side, at once and without asking the host.</summary>
    public void End(string reason)
    {
        Complete(ShellExit.Lost(reason));
        EndOutput();
    }

    /// <summary>Closes the channel; the script sees the end of its input.</summary>
    public async ValueTask DisposeAsync()
    {
        Complete(ShellExit.Lost("the session was closed here before the script was known to have ended"));
        EndOutput();
        var closing = new Task(CloseChannel, TaskCreationOptions.LongRunning);
        if (Interlocked.CompareExchange(ref _closing, closing, null) is null)
        {
            closing.Start(TaskScheduler.Default);
        }

        // The close message is sent within a moment, but never to a host that no longer reads.
        await Task.WhenAny(_closing, _connectionLost).ConfigureAwait(false);
    }

    // The pumps pass on what has arrived, and end.
    private void EndOutput()
    {
        _command.OutputStream.Dispose();
        _command.ExtendedOutputStream.Dispose();
    }

    private void CloseChannel()
    {
        try
        {
            _command.Dispose();
        }
        catch (Exception exception) when (exception is SshException or ObjectDisposedException or InvalidOperationException or System.Net.Sockets.SocketException)
        {
            // The connection is gone, and so is the channel.
        }
    }

    private static Stream InputOf(SshCommand command)
    {
        try
        {
            return command.CreateInputStream();
        }
        catch (InvalidOperationException)
        {
            // The channel was closed at once. The host's message is in its output.
            return Stream.Null;
        }
    }

    private async Task WatchAsync(Task execution)
    {
        try
        {
            await execution.ConfigureAwait(false);
            Complete(
                _command.ExitSignal is { } signal ? ShellExit.Signaled(signal.StartsWith("SIG", StringComparison.Ordinal) ? signal[3..] : signal)
                : _command.ExitStatus is { } status ? ShellExit.Exited(status)
                : ShellExit.Lost("the host closed the channel without reporting how the script ended"));
        }
        catch (Exception exception)
        {
            Complete(ShellExit.Lost(exception.Message.TrimEnd('.')));
        }
    }

    private void Complete(ShellExit exit)
    {
        if (_completion.TrySetResult(exit))
        {
            _ended.Cancel();
        }
    }
}
