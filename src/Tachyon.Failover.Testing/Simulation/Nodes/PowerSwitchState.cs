namespace Tachyon.Failover.Testing.Simulation.Nodes;

/// <summary>How the power switch of a node reacts to the command to cut the power.</summary>
internal enum PowerSwitchState
{
    Works,
    Refuses,
    LosesItsAnswer,
    DoesNothing,
}
