namespace Tachyon.Failover;

/// <summary>What to do if too little is left of a restart window when all is ready for the demotion of the source.</summary>
public enum ClosedRestartWindow
{
    /// <summary>Release the locks, wait for another window, and prepare again, within <see cref="FailoverOptions.RestartWindowTimeout"/>. After the third
    /// closed window the run is refused.</summary>
    WaitAgain,

    /// <summary>Release the locks and refuse; nothing was moved.</summary>
    Refuse,
}
