namespace Tachyon.Failover.Testing.Simulation.Nodes;

/// <summary>What the power switch of a node does when it is told to cut its power.</summary>
internal enum PowerSwitchState
{
    Works,
    Refuses,
    LosesItsAnswer,
    DoesNothing,
}
