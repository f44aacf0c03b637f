namespace Tachyon.Failover.Testing.Simulation.Faults;

/// <summary>The faults of a call of the cluster's RPC.</summary>
internal enum RpcFault
{
    None,

    /// <summary>The node answers with an error.</summary>
    Refused,

    /// <summary>The connection breaks.</summary>
    Lost,

    /// <summary>No answer within the limit.</summary>
    Slow,

    /// <summary>The answer is some slots old.</summary>
    Stale,
}
