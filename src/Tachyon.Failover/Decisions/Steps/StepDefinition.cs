namespace Tachyon.Failover.Decisions;

/// <summary>All that is said about a step besides its code. A property that is not set has the value that most steps have.</summary>
/// <param name="Step">The step.</param>
/// <param name="Phase">How far a run is that sends it.</param>
/// <param name="Node">The node on which it runs.</param>
internal sealed record StepDefinition(FailoverStep Step, FailoverPhase Phase, StepNode Node)
{
    public StepChange Change { get; init; } = StepChange.Moves;

    public CancelRule Cancel { get; init; } = CancelRule.Never;

    public StepFailure Failure { get; init; } = StepFailure.TurnsAround;

    public JournalEffect Journal { get; init; } = JournalEffect.None;

    public ProbeAgain ProbeAgain { get; init; } = ProbeAgain.IfNotDone;

    public StepPicture Picture { get; init; } = StepPicture.Plain;

    /// <summary>The node that the plan of a switchover names; null if the plan leaves the step out.</summary>
    public NodeSide? Planned { get; init; }

    /// <summary>Whether every switchover that succeeds has this step, unless its settings leave it out.</summary>
    public bool IsOfSwitchover { get; init; }

    /// <summary>Whether the step runs the preflight: if it refuses, the findings say why.</summary>
    public bool RunsPreflight { get; init; }

    /// <summary>Whether the step is the last probe of a run that went forward.</summary>
    public bool IsLastProbe { get; init; }

    /// <summary>The side of the node in the pair that the steps of a run use; null for both. The keeper is the source of that pair.</summary>
    public NodeSide? Side => Node switch
    {
        StepNode.Both => null,
        StepNode.Source or StepNode.Keeper => NodeSide.Source,
        _ => NodeSide.Target,
    };
}
