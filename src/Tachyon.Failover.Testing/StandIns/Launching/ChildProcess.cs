using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Threading.Channels;
using Tachyon.Failover.Testing.StandIns.Wire;

namespace Tachyon.Failover.Testing.StandIns.Launching;

/// <summary>A process of this assembly. It takes orders on its standard input, and ends with it, so that none outlives its launcher.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private const int SigContinue = 18;
    private const int SigStop = 19;

    private readonly string _name;
    private readonly Process _process;
    private readonly TimeSpan _limit;
    private readonly Task _reading;
    private readonly SemaphoreSlim _orders = new(1, 1);
    private readonly Channel<ControlMessage> _answers = Channel.CreateUnbounded<ControlMessage>();
    private readonly List<string> _words = [];

    private ChildProcess(string name, Process process, TimeSpan limit)
    {
        _name = name;
        _process = process;
        _limit = limit;
        _reading = Task.WhenAll(ReadOutputAsync(), ReadErrorsAsync());
    }

    public bool IsRunning => !_process.HasExited;

    public int Id => _process.Id;

    /// <summary>Starts a process and waits until it serves.</summary>
    public static async Task<(ChildProcess Process, ControlMessage Ready)> StartAsync(
        string name, IEnumerable<string> arguments, TimeSpan limit, CancellationToken cancellationToken)
    {
        var command = SelfInvocation.Command;
        var start = new ProcessStartInfo(command[0])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var argument in command.Skip(1).Concat(arguments))
        {
            start.ArgumentList.Add(argument);
        }

        // Three processes on few cores: one heap each, and tiered compilation.
        start.Environment["DOTNET_gcServer"] = "0";
        start.Environment["DOTNET_gcConcurrent"] = "0";
        start.Environment["DOTNET_TieredPGO"] = "0";
        start.Environment.Remove("DOTNET_STARTUP_HOOKS");
        var child = new ChildProcess(name, Process.Start(start)!, limit);
        try
        {
            return (child, await child.AnswerAsync(cancellationToken).ConfigureAwait(false));
        }
        catch
        {
            await child.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Gives an order and waits until it is carried out.</summary>
    public async Task OrderAsync(ControlMessage order, CancellationToken cancellationToken)
    {
        await _orders.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await _process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(order, WireJson.Default.ControlMessage)).ConfigureAwait(false);
            await _process.StandardInput.FlushAsync(cancellationToken).ConfigureAwait(false);
            await AnswerAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (IOException e)
        {
            throw new StandInException(Describe("does not run any more"), e);
        }
        finally
        {
            _orders.Release();
        }
    }

    /// <summary>Stops the process (SIGSTOP).</summary>
    public void Freeze() => Signal(SigStop);

    /// <summary>Continues it (SIGCONT).</summary>
    public void Wake() => Signal(SigContinue);

    /// <summary>Kills it (SIGKILL) and waits until it is gone.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync().ConfigureAwait(false);
    }

    /// <summary>Waits until the process has exited by itself.</summary>
    public Task WaitForExitAsync(CancellationToken cancellationToken) => _process.WaitForExitAsync(cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (IsRunning)
        {
            await KillAsync().ConfigureAwait(false);
        }

        await _reading.ConfigureAwait(false);
        _process.Dispose();
        _orders.Dispose();
    }

    private async Task<ControlMessage> AnswerAsync(CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(_limit, TimeProvider.System);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await _answers.Reader.ReadAsync(both.Token).ConfigureAwait(false);
        }
        catch (ChannelClosedException e)
        {
            await _reading.ConfigureAwait(false);
            throw new StandInException(Describe("ended before it answered"), e);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new StandInException(Describe($"did not answer within {_limit}"), e);
        }
    }

    private string Describe(string what)
    {
        lock (_words)
        {
            return $"The process '{_name}' {what}. {(_words.Count == 0 ? "It said nothing." : $"It said:\n{string.Join('\n', _words)}")}";
        }
    }

    private async Task ReadOutputAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync().ConfigureAwait(false) is { } line)
        {
            if (line.StartsWith('{'))
            {
                _answers.Writer.TryWrite(JsonSerializer.Deserialize(line, WireJson.Default.ControlMessage)!);
            }
            else
            {
                Remember(line);
            }
        }

        _answers.Writer.TryComplete();
    }

    private async Task ReadErrorsAsync()
    {
        while (await _process.StandardError.ReadLineAsync().ConfigureAwait(false) is { } line)
        {
            Remember(line);
        }
    }

    private void Remember(string line)
    {
        lock (_words)
        {
            _words.Add(line);
        }
    }

    private void Signal(int signal)
    {
        if (SendSignal(_process.Id, signal) != 0)
        {
            throw new StandInException(Describe($"took no signal {signal}"));
        }
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SendSignal(int process, int signal);
}
