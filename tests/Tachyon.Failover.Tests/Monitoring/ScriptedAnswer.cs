namespace Tachyon.Failover.Tests.Monitoring;

/// <summary>What becomes of a call.</summary>
public enum ScriptedAnswer
{
    /// <summary>It is done, and says so.</summary>
    Comes,

    /// <summary>It is refused.</summary>
    Refused,

    /// <summary>It never answers, and does nothing.</summary>
    Hangs,

    /// <summary>It is done, and the answer is lost.</summary>
    Lost,

    /// <summary>It throws what nobody expects.</summary>
    Throws,
}
