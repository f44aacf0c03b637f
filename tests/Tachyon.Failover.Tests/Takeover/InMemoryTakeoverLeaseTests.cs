using Microsoft.Extensions.Time.Testing;
using Tachyon.Failover.Contracts;

namespace Tachyon.Failover.Tests.Takeover;

[RunsContract(typeof(InMemoryTakeoverLease))]
public sealed class InMemoryTakeoverLeaseTests : TakeoverLeaseContract
{
    private readonly FakeTimeProvider _time = new();

    public InMemoryTakeoverLeaseTests() => Lease = new InMemoryTakeoverLease(_time);

    protected override ITakeoverLease Lease { get; }

    protected override ITakeoverLease OtherLease => Lease;

    protected override Task PassAsync(TimeSpan time)
    {
        _time.Advance(time);
        return Task.CompletedTask;
    }
}
