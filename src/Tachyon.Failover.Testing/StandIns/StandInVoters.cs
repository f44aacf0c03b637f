namespace Tachyon.Failover.Testing.StandIns;

/// <summary>The nodes that start with the authorized voter.</summary>
public enum StandInVoters
{
    /// <summary>Both, as the guide has it.</summary>
    Both,

    /// <summary>Only node a.</summary>
    OnlyA,

    /// <summary>None.</summary>
    Neither,
}
