namespace Tachyon.Failover;

/// <summary>A step that a switchover would take.</summary>
public sealed record PlannedStep
{
    /// <summary>The step.</summary>
    public required SwitchoverStep Step { get; init; }

    /// <summary>The node on which it is done.</summary>
    public required string Node { get; init; }

    /// <summary>The command that it comes to, as a person would run it.</summary>
    public required string Command { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{(int)Step,2} {Step} on {Node}: {Command}";
}
