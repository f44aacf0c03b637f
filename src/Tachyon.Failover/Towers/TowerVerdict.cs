using System.Diagnostics.CodeAnalysis;

namespace Tachyon.Failover.Towers;

/// <summary>Whether a tower may be used, and if not, why.</summary>
/// <remarks>Immutable.</remarks>
internal sealed class TowerVerdict
{
    private TowerVerdict()
    {
    }

    /// <summary>Whether the tower may be used.</summary>
    [MemberNotNullWhen(true, nameof(Tower))]
    [MemberNotNullWhen(false, nameof(Problem), nameof(Reason))]
    public bool IsUsable => Problem is null;

    /// <summary>The tower, if it may be used; otherwise null.</summary>
    public Tower? Tower { get; private init; }

    /// <summary>Why it may not be used; null if it may.</summary>
    public TowerProblem? Problem { get; private init; }

    /// <summary>The same as a sentence; null if it may be used.</summary>
    public string? Reason { get; private init; }

    /// <inheritdoc/>
    public override string ToString() => Reason ?? $"Usable; last vote {Tower!.LastVotedSlot}.";

    internal static TowerVerdict Usable(Tower tower) => new() { Tower = tower };

    internal static TowerVerdict Refused(TowerProblem problem, string reason) => new() { Problem = problem, Reason = reason };
}
