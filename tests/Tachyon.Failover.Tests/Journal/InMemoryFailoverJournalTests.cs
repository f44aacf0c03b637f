using Tachyon.Failover.Contracts;
using Tachyon.Failover.Journal;

namespace Tachyon.Failover.Tests.Journal;

[RunsContract(typeof(InMemoryFailoverJournal))]
public sealed class InMemoryFailoverJournalTests : FailoverJournalContract
{
    protected override Task<IFailoverJournal> CreateAsync() => Task.FromResult<IFailoverJournal>(new InMemoryFailoverJournal());
}
