using System.Text;
using Tachyon.Failover.Preflight;

namespace Tachyon.Failover;

/// <summary>What a dry run found, and what a switchover would do.</summary>
public sealed record SwitchoverPlan
{
    /// <summary>What the preflight found.</summary>
    public required PreflightReport Preflight { get; init; }

    /// <summary>What would be done, in its order.</summary>
    public required IReadOnlyList<PlannedStep> Steps { get; init; }

    /// <summary>Whether both locks could be taken; they were given back.</summary>
    public required CallResult Locks { get; init; }

    /// <summary>What came of bringing the source's present tower to the target under a temporary name, which was taken away again.</summary>
    public required CallResult Transfer { get; init; }

    /// <summary>How long that took; null if it was not done.</summary>
    public TimeSpan? TransferTime { get; init; }

    /// <summary>Whether a switchover would begin: preflight, locks and transfer were all well.</summary>
    public bool IsClear => Preflight.IsClear && Locks.IsDone && Transfer.IsDone;

    /// <summary>The plan as text.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.AppendLine(Preflight.Findings.Count == 0 ? "Preflight: nothing found" : $"Preflight:{Environment.NewLine}{Preflight}");
        text.AppendLine($"Locks: {Locks}");
        text.Append($"Tower to a temporary name on the target: {Transfer}");
        if (TransferTime is { } time)
        {
            text.Append($" in {time.TotalMilliseconds:0} ms");
        }

        foreach (var step in Steps)
        {
            text.AppendLine().Append(step);
        }

        return text.ToString();
    }
}
