using System.Runtime.InteropServices;

namespace Tachyon.Failover.Cli;

/// <summary>
/// Ctrl-C, SIGTERM, and SIGHUP of a terminal that was closed. The first gives up, as far as the design lets it; none ever ends the process in the middle: a coordinator
/// that is gone leaves the pair as it is.
/// </summary>
internal sealed class Interrupts : IDisposable
{
    private readonly CancellationTokenSource _giveUp = new();
    private readonly List<PosixSignalRegistration> _signals = [];
    private int _count;

    /// <summary>Cancelled with the first.</summary>
    public CancellationToken GivenUp => _giveUp.Token;

    /// <summary>Whether there was one.</summary>
    public bool Any => Volatile.Read(ref _count) > 0;

    /// <summary>Gets the number of each, from 1 on, before anything is cancelled. What it says to a person must be said at once.</summary>
    public Action<int>? Heard { get; set; }

    /// <summary>Hears the signals of this process from now on.</summary>
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

    /// <summary>One more.</summary>
    public void Raise()
    {
        var number = Interlocked.Increment(ref _count);
        try
        {
            Heard?.Invoke(number);
        }
        catch (IOException)
        {
            // The terminal is gone; what was asked for is done all the same.
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
