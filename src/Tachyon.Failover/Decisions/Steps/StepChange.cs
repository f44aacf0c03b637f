namespace Tachyon.Failover.Decisions;

/// <summary>What a step changes on a node. Two questions are asked: whether this run has changed anything, and whether another run must stop because of it.</summary>
internal enum StepChange
{
    /// <summary>It only reads, waits, or takes and releases locks.</summary>
    Nothing,

    /// <summary>
    /// It changes something that no other run relies on: a stale tower is moved aside, a voter is added. The run itself has then changed a node, and undoes it.
    /// Another run does not stop because of it: the intent is written before the locks are taken, so it does not show that the run got them.
    /// </summary>
    OwnPreparation,

    /// <summary>It changes a link, an identity, a voter or a tower, or is sent between such changes. Another run that began before it must stop: what that run has read is old.</summary>
    Moves,
}
