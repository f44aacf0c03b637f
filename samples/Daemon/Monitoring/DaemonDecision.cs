namespace Tachyon.Failover.Daemon.Monitoring;

/// <summary>A decision of the daemon, and its reason.</summary>
/// <param name="Standing">The daemon's state.</param>
/// <param name="Act">Its next action.</param>
/// <param name="Words">The reason, for people.</param>
/// <param name="Topic">Decisions of one topic are reported once: they differ only in the elapsed time.</param>
internal sealed record DaemonDecision(DaemonStanding Standing, DaemonAct Act, string Words, string Topic);
