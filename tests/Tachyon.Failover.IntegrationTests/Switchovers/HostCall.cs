namespace Tachyon.Failover.IntegrationTests.Switchovers;

/// <summary>A call that a step makes on a node.</summary>
/// <param name="Side">The node.</param>
/// <param name="Tool">The program.</param>
/// <param name="Pattern">The arguments, as a pattern of <c>sh</c>.</param>
/// <param name="After">A call that must have ended before; null for none.</param>
internal sealed record HostCall(NodeSide Side, string Tool, string Pattern, HostCall? After = null)
{
    /// <summary>The call by which each of the twelve steps stands or falls.</summary>
    public static HostCall Of(SwitchoverStep step) => step switch
    {
        SwitchoverStep.Preflight => new(NodeSide.Target, "tachyon-validator", "*contact-info*"),
        SwitchoverStep.RestartWindow => new(NodeSide.Source, "tachyon-validator", "*wait-for-restart-window*"),
        SwitchoverStep.Arm => new(NodeSide.Target, "tachyon-validator", "*authorized-voter add*"),
        SwitchoverStep.MoveSourceLink => new(NodeSide.Source, "mv", "*/identity.json"),
        SwitchoverStep.Fence => Fence,
        SwitchoverStep.AwaitLastVote => new(NodeSide.Source, "stat", "*tower-1_9*", After: Fence),
        SwitchoverStep.Seal => new(NodeSide.Source, "tachyon-validator", "*authorized-voter remove-all*"),
        SwitchoverStep.Deliver => new(NodeSide.Target, "mv", "*tower-1_9*"),
        SwitchoverStep.Promote => new(NodeSide.Target, "tachyon-validator", "*set-identity --require-tower*"),
        SwitchoverStep.MoveTargetLink => new(NodeSide.Target, "mv", "*/identity.json"),
        SwitchoverStep.Verify => new(NodeSide.Target, "tachyon-validator", "*contact-info*"),
        SwitchoverStep.Tidy => new(NodeSide.Source, "mv", "*.aside-*"),
        _ => throw new ArgumentOutOfRangeException(nameof(step), step, "Not one of the twelve."),
    };

    private static HostCall Fence => new(NodeSide.Source, "tachyon-validator", "*set-identity*unstaked*");
}
