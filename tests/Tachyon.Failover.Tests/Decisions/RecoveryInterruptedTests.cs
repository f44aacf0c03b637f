using FluentAssertions;
using Xunit;

namespace Tachyon.Failover.Tests.Decisions;

/// <summary>The coordinator is lost at every prefix of every path, of a switchover and of a recovery, and the pair is recovered by looks alone.</summary>
public sealed class RecoveryInterruptedTests
{
    [Theory]
    [InlineData(2, 0, true)]
    [InlineData(2, 0, false)]
    [InlineData(2, 1, true)]
    [InlineData(2, 1, false)]
    [InlineData(3, 2, true)]
    [InlineData(3, 2, false)]
    public void Next_InterruptedAnywhere_RecoversToOneVoter(int mishapsBefore, int mishaps, bool hasJournal)
    {
        var together = new ProtocolExplorer(mishapsBefore, sendsTogether: true);
        var inTurn = new ProtocolExplorer(mishapsBefore, sendsTogether: false);
        together.Explore();
        inTurn.Explore();
        var recovery = new RecoveryExplorer(mishaps, hasJournal);

        recovery.Explore(together.Interruptions.Union(inTurn.Interruptions));

        recovery.Broken.Should().BeEmpty();
        recovery.Ends.Keys.Should().Contain([(FailoverOutcome.Completed, IdentityLocation.Target), (FailoverOutcome.RolledBack, IdentityLocation.Source)]);
        TestContext.Current.SendDiagnosticMessage("{0} interruptions, {1} ends", recovery.Interruptions, recovery.Ends.Values.Sum());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Next_WhateverPeopleAndRestartsLeft_RecoversToOneVoter(int mishaps)
    {
        var recovery = new RecoveryExplorer(mishaps, hasJournal: false);

        recovery.ExploreStrange();

        recovery.Broken.Should().BeEmpty();
        recovery.Ends.Keys.Should().Contain([(FailoverOutcome.Completed, IdentityLocation.Target), (FailoverOutcome.RolledBack, IdentityLocation.Source)]);
    }
}
