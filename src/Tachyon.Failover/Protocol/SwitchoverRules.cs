namespace Tachyon.Failover.Protocol;

/// <summary>
/// What a switchover holds to. Nobody but a test breaks a rule: to show that the judge of the simulated cluster sees it, and so that its silence means something.
/// </summary>
internal sealed record SwitchoverRules
{
    public static readonly SwitchoverRules All = new();

    /// <summary>Whether the source's voters are taken away before its tower is read.</summary>
    public bool SealsSource { get; init; } = true;

    /// <summary>Whether the source's link is moved before its identity, and not after the target's, which is later than the guide has it.</summary>
    public bool MovesSourceLinkFirst { get; init; } = true;

    /// <summary>Whether locks are taken.</summary>
    public bool TakesLocks { get; init; } = true;

    /// <summary>Whether an answer that was lost is resolved by looking, and not taken for "not done".</summary>
    public bool ResolvesUnknown { get; init; } = true;

    /// <summary>Whether a tower that is left over on the target is moved aside, and the promotion names the tower that it is to find.</summary>
    public bool ReplacesLeftoverTower { get; init; } = true;

    /// <summary>Whether a run ends with a look at the node that is said to vote, and only a vote newer than the promotion counts.</summary>
    public bool LooksAtTheEnd { get; init; } = true;

    /// <summary>Whether an order that makes a voter says until when the node may begin with it.</summary>
    public bool OrdersGoStale { get; init; } = true;

    /// <summary>Whether the evidence of a takeover is looked at again right before the promotion.</summary>
    public bool WeighsAgain { get; init; } = true;

    /// <summary>Whether a tower that a watch has kept is held against what has landed.</summary>
    public bool ChecksShadow { get; init; } = true;

    /// <summary>Whether a guard counts only if it was heard before the silence.</summary>
    public bool HearsGuard { get; init; } = true;

    /// <summary>Whether what a takeover leaves on the lost node is remembered, and a switchover back refused while it is owed.</summary>
    public bool KeepsDebt { get; init; } = true;
}
