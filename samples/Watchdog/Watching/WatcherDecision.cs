namespace Tachyon.Failover.Watchdog.Watching;

/// <summary>What the watcher decides, and why.</summary>
/// <param name="Standing">Where it stands.</param>
/// <param name="Act">What it does next.</param>
/// <param name="Words">Why, for a person.</param>
/// <param name="Topic">What is told once: decisions of one topic differ by the time that has gone by.</param>
internal sealed record WatcherDecision(WatcherStanding Standing, WatcherAct Act, string Words, string Topic);
