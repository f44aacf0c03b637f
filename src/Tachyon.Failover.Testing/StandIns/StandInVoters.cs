namespace Tachyon.Failover.Testing.StandIns;

/// <summary>Which nodes start with the authorized voter.</summary>
public enum StandInVoters
{
    /// <summary>Both, as when the guide was followed.</summary>
    Both,

    /// <summary>Only node a.</summary>
    OnlyA,

    /// <summary>None.</summary>
    Neither,
}
