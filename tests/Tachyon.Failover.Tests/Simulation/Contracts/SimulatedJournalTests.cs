using FluentAssertions;
using Tachyon.Failover.Contracts;
using Tachyon.Failover.Journal;
using Tachyon.Failover.Testing.Simulation.Coordinators;
using Tachyon.Failover.Testing.Simulation.Faults;
using Tachyon.Failover.Testing.Simulation.Time;
using Xunit;

namespace Tachyon.Failover.Tests.Simulation.Contracts;

[RunsContract(typeof(SimulatedJournal))]
public sealed class SimulatedJournalTests : FailoverJournalContract, IAsyncDisposable
{
    private readonly RunningWorld _world = new(speed: 20);

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Theory]
    [InlineData(nameof(JournalFault.DiskFull), 0)]
    [InlineData(nameof(JournalFault.Torn), 1)]
    [InlineData(nameof(JournalFault.StoredAndFailed), 2)]
    public async Task Append_WriteFails_ThrowsAndKeepsWhatGotThrough(string fault, int kept)
    {
        var faults = new PlannedFaults(new SeededRandom(1, "journal"), [], onJournal: [new(0, Enum.Parse<JournalFault>(fault))]);
        var journal = _world.Through(_world.Coordinator("first", faults).Journal);

        await FluentActions.Awaiting(() => journal.AppendAsync([Line(1), Line(2)], TestContext.Current.CancellationToken)).Should().ThrowAsync<IOException>();

        (await ReadAsync(journal)).Should().Equal(new[] { Line(1), Line(2) }.Take(kept));
    }

    protected override Task<IFailoverJournal> CreateAsync() => Task.FromResult(_world.Through(_world.Coordinator("first").Journal));
}
