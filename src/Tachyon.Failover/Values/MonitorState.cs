namespace Tachyon.Failover;

/// <summary>A monitor's verdict on the active validator.</summary>
public enum MonitorState
{
    /// <summary>Unknown; <see cref="MonitorVerdict.Reason"/> says why. No action may be based on it.</summary>
    Unknown = 0,

    /// <summary>Its votes land.</summary>
    Healthy = 1,

    /// <summary>Its votes do not land, but not for long enough or not according to enough witnesses.</summary>
    Suspect = 2,

    /// <summary>Enough witnesses have seen no vote of it land for long enough, in several looks.</summary>
    Lost = 3,
}
