namespace Tachyon.Failover.Cli.Screens;

/// <summary>What is under way on a screen.</summary>
internal enum RunKind
{
    Switchover,
    Takeover,
    Recovery,
}
