namespace Tachyon.Failover.Tests.Monitoring;

/// <summary>The result of a scripted call.</summary>
public enum ScriptedAnswer
{
    /// <summary>It is done and answered.</summary>
    Comes,

    /// <summary>It is refused.</summary>
    Refused,

    /// <summary>It never answers, and has no effect.</summary>
    Hangs,

    /// <summary>It is done, and the answer is lost.</summary>
    Lost,

    /// <summary>It throws an unexpected exception.</summary>
    Throws,
}
