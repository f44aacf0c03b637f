namespace Tachyon.Failover.Decisions;

/// <summary>How a step is drawn in the picture of a result.</summary>
internal enum StepPicture
{
    /// <summary>As its request and its answer only.</summary>
    Plain,

    /// <summary>The source is demoted. The picture begins here.</summary>
    DemotesSource,

    /// <summary>The source is sealed at the beginning of the step. The rest of the step reads its tower.</summary>
    SealsSource,

    /// <summary>The coordinator's work in the gap ends here.</summary>
    DeliversTower,

    /// <summary>The node takes the staked identity.</summary>
    Promotes,

    /// <summary>It shows that the node has the staked identity.</summary>
    ShowsPromoted,

    /// <summary>The other node is sealed.</summary>
    SealsOther,

    /// <summary>The other node is demoted.</summary>
    DemotesOther,

    /// <summary>It takes long, and comes after all that a picture shows.</summary>
    Afterwards,
}
