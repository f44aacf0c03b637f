namespace Tachyon.Failover.Testing.StandIns;

/// <summary>What a stand-in's JSON-RPC is to answer to a method from now on, whatever is so. The commands of the validator's program are not touched.</summary>
public sealed record StandInRpcAnswer
{
    /// <summary>The method, for example <c>getHealth</c>.</summary>
    public required string Method { get; init; }

    /// <summary>The result, as JSON; not needed for a refusal.</summary>
    public string Result { get; init; } = "null";

    /// <summary>The code of the refusal; null if it is none.</summary>
    public int? ErrorCode { get; init; }

    /// <summary>The words of the refusal.</summary>
    public string ErrorMessage { get; init; } = "Internal error";
}
