namespace Tachyon.Failover.Watch;

/// <summary>What a watch thinks of the active validator.</summary>
public enum WatchState
{
    /// <summary>It cannot be told, and <see cref="WatchVerdict.Reason"/> says why. Nothing may be done on the strength of it.</summary>
    CannotTell = 0,

    /// <summary>Its votes land.</summary>
    Healthy = 1,

    /// <summary>Its votes do not land, not for long enough or not as seen by enough witnesses.</summary>
    Suspect = 2,

    /// <summary>Enough witnesses have seen no vote of it land for long enough, again and again.</summary>
    Lost = 3,
}
