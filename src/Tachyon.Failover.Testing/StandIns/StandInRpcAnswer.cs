namespace Tachyon.Failover.Testing.StandIns;

/// <summary>The ordered answer of a stand-in's JSON-RPC to a method. It does not affect the commands of the validator's program.</summary>
public sealed record StandInRpcAnswer
{
    /// <summary>The method, for example <c>getHealth</c>.</summary>
    public required string Method { get; init; }

    /// <summary>The result, as JSON; not needed for a refusal.</summary>
    public string Result { get; init; } = "null";

    /// <summary>The code of the refusal; null for a result.</summary>
    public int? ErrorCode { get; init; }

    /// <summary>The message of the refusal.</summary>
    public string ErrorMessage { get; init; } = "Internal error";
}
