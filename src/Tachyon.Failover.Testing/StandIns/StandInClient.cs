namespace Tachyon.Failover.Testing.StandIns;

/// <summary>The validator's client that stand-ins behave as: how long <c>set-identity</c> takes, the words of the program, and what the RPC says.</summary>
public enum StandInClient
{
    /// <summary>agave-validator 4.0.3, which X1 runs since September 2026, as measured: <c>set-identity</c> takes 1 ms.</summary>
    Agave40,

    /// <summary>tachyon-validator 2.2.15, as measured: <c>set-identity</c> waits 0 to 1 s for a lock that is free once a second.</summary>
    Tachyon22,
}
