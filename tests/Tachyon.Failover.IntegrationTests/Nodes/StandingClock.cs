namespace Tachyon.Failover.IntegrationTests.Nodes;

/// <summary>The clock of a program that stood still for a while: its timestamps have not counted that time.</summary>
internal sealed class StandingClock : TimeProvider
{
    private long _notCounted;

    public void StoodStill(TimeSpan length) => Interlocked.Add(ref _notCounted, (long)(length.TotalSeconds * TimestampFrequency));

    public override long GetTimestamp() => base.GetTimestamp() - Interlocked.Read(ref _notCounted);
}
