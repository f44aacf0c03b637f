using FluentAssertions;
using Xunit;

namespace Tachyon.Failover.IntegrationTests.Switchovers;

/// <summary>Each of the twelve steps, with the faults that differ there, over a real sshd: one side votes afterwards, never both, and the result says which. In three parts, which run side by side.</summary>
public abstract class FaultMatrixTests(SwitchoverScene scene) : IClassFixture<SwitchoverScene>
{
    private protected static TheoryData<string, HostFault> Steps(FailoverStep first, FailoverStep last)
    {
        var matrix = new TheoryData<string, HostFault>();
        foreach (var step in Enum.GetValues<FailoverStep>().Where(step => step >= first && step <= last && step != FailoverStep.AwaitRestartWindow))
        {
            foreach (var fault in Enum.GetValues<HostFault>())
            {
                if (ShowsMore(step, fault))
                {
                    matrix.Add(step.ToString(), fault);
                }
            }
        }

        return matrix;
    }

    // A look that is done is no other than one that is not. And a host that is gone for a while loses the answer as a cut does: once in each part is enough to see that its return is
    // waited for. The simulated switchovers have every fault at every call.
    private static bool ShowsMore(FailoverStep step, HostFault fault) => fault switch
    {
        HostFault.AnswerLost => step is not (FailoverStep.Preflight or FailoverStep.AwaitLastVote or FailoverStep.Verify),
        HostFault.SshdKilled => step is FailoverStep.Prepare or FailoverStep.DemoteSource or FailoverStep.SealSource or FailoverStep.PromoteTarget or FailoverStep.Verify,
        _ => true,
    };

    protected async Task SwitchAsync(string name, HostFault fault)
    {
        var step = Enum.Parse<FailoverStep>(name);
        var token = TestContext.Current.CancellationToken;
        var call = HostCall.Of(step);
        var node = scene.On(call.Side);
        node.Shim.Clear();
        var journal = new HookedJournal(step, () => node.Shim.Arm(call, fault));
        var start = await scene.Cluster.GetSlotAsync(token);

        var run = new FailoverCoordinator(SwitchoverScene.Options.With(it => it.Journal = journal)).SwitchoverAsync(scene.Pair, progress: null, token);
        if (fault != HostFault.Refused && await node.Shim.HitAsync(run, token))
        {
            await BreakAsync(node, fault);
        }

        var result = await run;
        TestContext.Current.SendDiagnosticMessage("{0} {1}: {2}", step, fault, result.ToString());
        result.Outcome.Should().BeOneOf(Expected(step, fault), "{0}", result);

        // A refused run that can no longer read its source says so. Nothing was moved, so the source has the identity.
        var isHonest = fault == HostFault.SshdKilled && result is { Outcome: FailoverOutcome.Refused, IdentityAt: IdentityLocation.Unknown };
        await scene.ShouldBeTrueAsync(isHonest ? result.With(it => it.IdentityAt = IdentityLocation.Source) : result, start, token);
    }

    // A fault before the promotion is rolled back, or refused while nothing was moved. After the promotion the run is finished.
    private static FailoverOutcome[] Expected(FailoverStep step, HostFault fault) => step switch
    {
        // A lost look is repeated, and finds the host if it is back at that time.
        FailoverStep.Preflight when fault != HostFault.Refused => [FailoverOutcome.Completed, FailoverOutcome.Refused],
        <= FailoverStep.Prepare => [FailoverOutcome.Refused],

        // Only speed depends on this step: a refused wait is a wait of length zero.
        FailoverStep.AwaitLastVote when fault == HostFault.Refused => [FailoverOutcome.Completed],

        // The promotion leaves together with the delivery: the node may have executed it before the connection was lost.
        FailoverStep.DeliverTower when fault is HostFault.AnswerLost or HostFault.SshdKilled => [FailoverOutcome.RolledBack, FailoverOutcome.Completed],
        < FailoverStep.PromoteTarget => [FailoverOutcome.RolledBack],
        FailoverStep.PromoteTarget => fault is HostFault.AnswerLost or HostFault.SshdKilled ? [FailoverOutcome.Completed] : [FailoverOutcome.RolledBack],
        _ => [FailoverOutcome.Completed],
    };

    private static async Task BreakAsync(SceneNode node, HostFault fault)
    {
        if (fault == HostFault.SshdKilled)
        {
            await node.Sshd.StopAsync();
            node.Shim.Release();

            // Real time is the subject: how long the host is gone.
            await Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System, CancellationToken.None);
            await node.Sshd.StartAgainAsync(CancellationToken.None);
        }
        else
        {
            node.Link.Cut();
            node.Shim.Release();
        }
    }
}

public sealed class FaultBeforeTheGapTests(SwitchoverScene scene) : FaultMatrixTests(scene)
{
    public static TheoryData<string, HostFault> Matrix => Steps(FailoverStep.Preflight, FailoverStep.MoveSourceLink);

    [Theory]
    [MemberData(nameof(Matrix))]
    public Task SwitchoverAsync_FaultAtStep_OneSideVotesAndTheResultSaysWhich(string name, HostFault fault) => SwitchAsync(name, fault);
}

public sealed class FaultInTheGapTests(SwitchoverScene scene) : FaultMatrixTests(scene)
{
    public static TheoryData<string, HostFault> Matrix => Steps(FailoverStep.DemoteSource, FailoverStep.DeliverTower);

    [Theory]
    [MemberData(nameof(Matrix))]
    public Task SwitchoverAsync_FaultAtStep_OneSideVotesAndTheResultSaysWhich(string name, HostFault fault) => SwitchAsync(name, fault);
}

public sealed class FaultFromThePromotionOnTests(SwitchoverScene scene) : FaultMatrixTests(scene)
{
    public static TheoryData<string, HostFault> Matrix => Steps(FailoverStep.PromoteTarget, FailoverStep.CleanUp);

    [Theory]
    [MemberData(nameof(Matrix))]
    public Task SwitchoverAsync_FaultAtStep_OneSideVotesAndTheResultSaysWhich(string name, HostFault fault) => SwitchAsync(name, fault);
}
