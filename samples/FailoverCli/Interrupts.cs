using System.Runtime.InteropServices;

namespace Tachyon.Failover.Cli;

/// <summary>
/// Ctrl-C, SIGTERM, and the SIGHUP of a closed terminal. The first cancels the run, as far as the run's phase allows. None ends the process in the middle: a coordinator
/// that is killed leaves the pair as it is.
/// </summary>
internal sealed class Interrupts : IDisposable
{
    private readonly CancellationTokenSource _giveUp = new();
    private readonly List<PosixSignalRegistration> _signals = [];
    private int _count;

    /// <summary>Canceled by the first interrupt.</summary>
    public CancellationToken GivenUp => _giveUp.Token;

    /// <summary>Whether there was an interrupt.</summary>
    public bool Any => Volatile.Read(ref _count) > 0;

    /// <summary>Gets the number of each interrupt, from 1, before the token is canceled. A handler must print its words at once.</summary>
    public Action<int>? Heard { get; set; }

    /// <summary>Handles the signals of this process from now on.</summary>
    public void Listen()
    {
        foreach (var signal in (PosixSignal[])[PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP])
        {
            _signals.Add(PosixSignalRegistration.Create(signal, context =>
            {
                context.Cancel = true;
                Raise();
            }));
        }
    }

    /// <summary>Counts one more interrupt.</summary>
    public void Raise()
    {
        var number = Interlocked.Increment(ref _count);
        try
        {
            Heard?.Invoke(number);
        }
        catch (IOException)
        {
            // The terminal is gone. Cancel all the same.
        }

        if (number == 1)
        {
            _giveUp.Cancel();
        }
    }

    public void Dispose()
    {
        _signals.ForEach(signal => signal.Dispose());
        _giveUp.Dispose();
    }
}
