namespace Tachyon.Failover.IntegrationTests.Switchovers;

/// <summary>A call that a step makes on a node.</summary>
/// <param name="Side">The node.</param>
/// <param name="Tool">The program.</param>
/// <param name="Pattern">The arguments, as a pattern of <c>sh</c>.</param>
/// <param name="After">A call that must have ended before; null for none.</param>
internal sealed record HostCall(NodeSide Side, string Tool, string Pattern, HostCall? After = null)
{
    /// <summary>The call by which each of the twelve steps stands or falls, but for the wait for a restart window, which asks only the RPC.</summary>
    public static HostCall Of(FailoverStep step) => step switch
    {
        FailoverStep.Preflight => new(NodeSide.Target, "tachyon-validator", "*contact-info*"),
        FailoverStep.Prepare => new(NodeSide.Target, "tachyon-validator", "*authorized-voter add*"),
        FailoverStep.MoveSourceLink => new(NodeSide.Source, "mv", "*/identity.json"),
        FailoverStep.DemoteSource => Fence,
        FailoverStep.AwaitLastVote => new(NodeSide.Source, "stat", "*tower-1_9*", After: Fence),
        FailoverStep.SealSource => new(NodeSide.Source, "tachyon-validator", "*authorized-voter remove-all*"),
        FailoverStep.DeliverTower => new(NodeSide.Target, "mv", "*tower-1_9*"),
        FailoverStep.PromoteTarget => new(NodeSide.Target, "tachyon-validator", "*set-identity --require-tower*"),
        FailoverStep.MoveTargetLink => new(NodeSide.Target, "mv", "*/identity.json"),
        FailoverStep.Verify => new(NodeSide.Target, "tachyon-validator", "*contact-info*"),
        FailoverStep.CleanUp => new(NodeSide.Source, "mv", "*.aside-*"),
        _ => throw new ArgumentOutOfRangeException(nameof(step), step, "It makes no call on a host."),
    };

    private static HostCall Fence => new(NodeSide.Source, "tachyon-validator", "*set-identity*unstaked*");
}
