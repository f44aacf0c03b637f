namespace Tachyon.Failover;

/// <summary>A step of a planned switchover.</summary>
public sealed record PlannedStep
{
    /// <summary>The step.</summary>
    public required FailoverStep Step { get; init; }

    /// <summary>The node on which it would run.</summary>
    public required string Node { get; init; }

    /// <summary>The command with which an operator would do the same.</summary>
    public required string Command { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{(int)Step,2} {Step} on {Node}: {Command}";
}
