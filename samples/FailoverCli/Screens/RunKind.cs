namespace Tachyon.Failover.Cli.Screens;

/// <summary>The kind of run on a screen.</summary>
internal enum RunKind
{
    Switchover,
    Takeover,
    Recovery,
}
