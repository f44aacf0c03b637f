namespace Tachyon.Failover.Testing.StandIns.Launching;

/// <summary>A line between the launcher and a process of its: orders on the process's standard input, answers on its output.</summary>
internal sealed record ControlMessage
{
    /// <summary>From the process: it serves now.</summary>
    public bool? Ready { get; init; }

    /// <summary>From the process: its JSON-RPC port.</summary>
    public int? RpcPort { get; init; }

    /// <summary>From the cluster process: the port for validators.</summary>
    public int? LinkPort { get; init; }

    /// <summary>From the process: the order is carried out.</summary>
    public bool? Done { get; init; }

    /// <summary>To the cluster process: all are there, the slots may pass.</summary>
    public bool? Go { get; init; }

    /// <summary>To the cluster process: the node to which nothing gets any more, nor from it.</summary>
    public string? CutOff { get; init; }

    /// <summary>To the cluster process: the node whose network is well again.</summary>
    public string? Reconnect { get; init; }

    /// <summary>To a validator process: whether its ports can be reached from outside.</summary>
    public bool? IsReachable { get; init; }

    /// <summary>To a validator process: what is to go wrong from now on.</summary>
    public StandInFault? Fault { get; init; }

    /// <summary>To a process: what its JSON-RPC is to answer from now on.</summary>
    public StandInRpcAnswer? RpcAnswer { get; init; }

    /// <summary>To a process: its JSON-RPC is to answer what is so.</summary>
    public bool? ClearRpcAnswers { get; init; }

    /// <summary>To a validator process: nothing more is to go wrong.</summary>
    public bool? ClearFaults { get; init; }
}
