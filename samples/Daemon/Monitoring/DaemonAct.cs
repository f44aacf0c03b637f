namespace Tachyon.Failover.Daemon.Monitoring;

/// <summary>The daemon's next action.</summary>
internal enum DaemonAct
{
    Nothing,
    TakeOver,
    CompleteDemotion,
}
