using Tachyon.Failover.Contracts;
using Tachyon.Failover.Nodes;
using Tachyon.Failover.Preflight;
using Xunit;
using static Tachyon.Failover.Tests.Preflight.PreflightScene;

namespace Tachyon.Failover.Tests.Preflight;

[RunsContract(typeof(ProcessCheck))]
public sealed class ProcessCheckTests() : CheckTests(new ProcessCheck(), "TF111")
{
    protected override PairSurvey Bad => Good.With(that => that.Target = Good.Target.With(it => { it.ContactInfo = CallResult.NotDone(CallFailure.ValidatorNotRunning); it.Inspection = (Good.Target.Inspection.Value!).With(static copy => copy.Processes = [OfAnotherLedger]); }));

    private static StartCommand OfAnotherLedger => Started.With(static it => it.Ledger = new StartPath { Path = "/mnt/other", IsAsInSettings = false });

    [Fact]
    public async Task CheckAsync_OnlyAValidatorOfAnotherLedger_BlocksAndNamesIt() => ShouldBlock(await FindAsync(Bad), "b", "/mnt/other");

    [Fact]
    public async Task CheckAsync_OursBesideAnother_FindsNothing() =>
        Assert.Empty(await FindInTargetsSetupAsync(setup => setup.With(static it => it.Processes = [OfAnotherLedger, Started])));

    [Fact]
    public async Task CheckAsync_RunsAndCannotBeSeen_IsInconclusive() =>
        ShouldBeUnseen(await FindInTargetsSetupAsync(setup => setup.With(static it => it.Processes = [OfAnotherLedger])), "b", "no process can be seen");

    [Fact]
    public async Task CheckAsync_LedgerIsRelativeToAHiddenFolder_IsInconclusive() => ShouldBeUnseen(
        await FindInTargetsSetupAsync(setup => setup.With(static it => it.Processes = [Started.With(static it => it.Ledger = new StartPath { Path = "ledger", IsAsInSettings = null })])), "b", "no process can be seen");

    [Fact]
    public async Task CheckAsync_ProcessesCannotBeProbed_IsInconclusive() =>
        ShouldBeUnseen(await FindInTargetsSetupAsync(setup => setup.With(static it => it.Processes = null)), "b", "no process can be seen");
}
