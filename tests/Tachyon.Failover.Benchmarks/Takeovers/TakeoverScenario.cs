using Tachyon.Failover.Takeover;

namespace Tachyon.Failover.Benchmarks.Takeovers;

/// <summary>A way in which the active node is lost, and what becomes of it later.</summary>
internal sealed record TakeoverScenario
{
    /// <summary>The name, for the command line.</summary>
    public required string Name { get; init; }

    /// <summary>What happens, for the table.</summary>
    public required string Words { get; init; }

    /// <summary>The least grade that the policy asks for.</summary>
    public EvidenceGrade MinimumGrade { get; init; } = EvidenceGrade.Fenced;

    /// <summary>What happens to the node.</summary>
    public required Func<TakeoverStand, CancellationToken, Task> Lose { get; init; }

    /// <summary>Whether its votes end with that. If not, the node is taken for lost all the same.</summary>
    public bool IsSilent { get; init; } = true;

    /// <summary>How the node comes back after the takeover, so that the debt can be settled.</summary>
    public Func<TakeoverStand, CancellationToken, Task> Mend { get; init; } = static (_, _) => Task.CompletedTask;

    /// <summary>How it is to end.</summary>
    public required FailoverOutcome Outcome { get; init; }

    /// <summary>The grade that is to be reached.</summary>
    public required EvidenceGrade Grade { get; init; }

    public override string ToString() => Name;
}
