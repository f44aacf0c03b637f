namespace Tachyon.Failover.Testing.StandIns.Launching;

/// <summary>A line between the launcher and its process: orders on the process's standard input, answers on its output.</summary>
internal sealed record ControlMessage
{
    /// <summary>From the process: it is ready.</summary>
    public bool? Ready { get; init; }

    /// <summary>From the process: its JSON-RPC port.</summary>
    public int? RpcPort { get; init; }

    /// <summary>From the cluster process: the port for validators.</summary>
    public int? LinkPort { get; init; }

    /// <summary>From the process: the order is executed.</summary>
    public bool? Done { get; init; }

    /// <summary>To the cluster process: all validators are connected, let the slots pass.</summary>
    public bool? Go { get; init; }

    /// <summary>To the cluster process: the node to cut off in both directions.</summary>
    public string? CutOff { get; init; }

    /// <summary>To the cluster process: the node to connect again.</summary>
    public string? Reconnect { get; init; }

    /// <summary>To a validator process: whether its ports can be reached from outside.</summary>
    public bool? IsReachable { get; init; }

    /// <summary>To a validator process: the fault to inject from now on.</summary>
    public StandInFault? Fault { get; init; }

    /// <summary>To a process: the answer of its JSON-RPC from now on.</summary>
    public StandInRpcAnswer? RpcAnswer { get; init; }

    /// <summary>To a process: its JSON-RPC answers truthfully again.</summary>
    public bool? ClearRpcAnswers { get; init; }

    /// <summary>To a validator process: remove all faults.</summary>
    public bool? ClearFaults { get; init; }
}
