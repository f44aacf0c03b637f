namespace Tachyon.Failover.Decisions;

/// <summary>
/// The rules that a switchover keeps. Only tests break a rule, to show that the judge of the simulated cluster detects it.
/// </summary>
internal sealed record SwitchoverRules
{
    public static readonly SwitchoverRules All = new();

    /// <summary>Whether the source's voters are removed before its tower is read.</summary>
    public bool SealsSource { get; init; } = true;

    /// <summary>Whether the source's link is moved before its identity. Otherwise it is moved after the target's, which is later than in the guide.</summary>
    public bool MovesSourceLinkFirst { get; init; } = true;

    /// <summary>Whether locks are taken.</summary>
    public bool TakesLocks { get; init; } = true;

    /// <summary>Whether a lost answer leads to a look. Otherwise it counts as "not done".</summary>
    public bool ResolvesUnknown { get; init; } = true;

    /// <summary>Whether a stale tower on the target is moved aside, and the promotion names the required tower.</summary>
    public bool ReplacesLeftoverTower { get; init; } = true;

    /// <summary>Whether a run ends with a look at the node that is to vote, and only a vote newer than the promotion counts.</summary>
    public bool LooksAtTheEnd { get; init; } = true;

    /// <summary>Whether an order that makes a voter expires if the node receives it late.</summary>
    public bool OrdersGoStale { get; init; } = true;

    /// <summary>Whether the evidence of a takeover is assessed again right before the promotion.</summary>
    public bool WeighsAgain { get; init; } = true;

    /// <summary>Whether a tower copy is compared with the landed votes.</summary>
    public bool ChecksShadow { get; init; } = true;

    /// <summary>Whether a guard counts only if it was heard before the silence.</summary>
    public bool HearsGuard { get; init; } = true;

    /// <summary>Whether a pending demotion is remembered, and a switchover back refused until it is done.</summary>
    public bool KeepsDebt { get; init; } = true;
}
