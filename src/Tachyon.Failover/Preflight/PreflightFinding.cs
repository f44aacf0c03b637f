namespace Tachyon.Failover.Preflight;

/// <summary>Something that a preflight check found.</summary>
public sealed record PreflightFinding
{
    /// <summary>The check's code.</summary>
    public required string Code { get; init; }

    /// <summary>How much it matters.</summary>
    public required PreflightSeverity Severity { get; init; }

    /// <summary>The node; null if it is about both, or the cluster.</summary>
    public string? Node { get; init; }

    /// <summary>What was seen and what was expected, in a sentence.</summary>
    public required string Message { get; init; }

    /// <summary>The command or the edit that mends it; null if there is none.</summary>
    public string? Remedy { get; init; }

    /// <summary>The remedy for what an interrupted switchover leaves: only a look at both nodes tells what is safe there.</summary>
    internal static string Recover => "If a switchover was interrupted, DiagnoseAsync of the coordinator says what is so, and RecoverAsync does what is safe.";

    /// <inheritdoc/>
    public override string ToString() =>
        $"{Code} {Severity.ToString().ToLowerInvariant()}{(Node is null ? "" : $" ({Node})")}: {Message}{(Remedy is null ? "" : $" {Remedy}")}";
}
