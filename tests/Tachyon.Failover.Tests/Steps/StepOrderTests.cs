using FluentAssertions;
using Tachyon.Failover.Cluster;
using Tachyon.Failover.Decisions;
using Tachyon.Failover.Nodes;
using Tachyon.Failover.RestartWindows;
using Tachyon.Failover.Runs;
using Tachyon.Failover.Runtime;
using Tachyon.Failover.Testing.Simulation;
using Tachyon.Failover.Tests.Preflight;
using Tachyon.Failover.Towers;
using Xunit;

namespace Tachyon.Failover.Tests.Steps;

/// <summary>The steps of a batch are started without waiting for answers. So the order in which they send their calls is the order on the node.</summary>
public sealed class StepOrderTests : IAsyncDisposable
{
    private readonly List<string> _calls = [];
    private readonly SimulatedPair _world = new(1);
    private readonly RunContext _run;

    public StepOrderTests()
    {
        var pair = _world.FromAToB;
        _run = new RunContext(
            pair with
            {
                Source = Silent(pair.Source, "source"),
                Target = Silent(pair.Target, "target"),
                Towers = SilentPart.Of<ITowerTransport>("towers", _calls),
                Cluster = SilentPart.Of<IClusterRpc>("cluster", _calls),
            },
            new FailoverOptions(),
            RunId.Parse("this-run"),
            _world.Time)
        {
            SealAsked = Moment.Now(_world.Time),
            FinalTower = TowerVerification.Check(PreflightScene.Tower(1), pair.StakedIdentity).Tower ?? Tower.Decode(PreflightScene.Tower(1)),
        };
    }

    public ValueTask DisposeAsync() => _run.DisposeAsync();

    public static TheoryData<string> OfASwitchover => [.. StepTable.All.Where(one => Run(one, RunKind.Switchover)).Select(one => one.Step.ToString())];

    public static TheoryData<string> OfARecovery => [.. StepTable.All.Where(one => Run(one, RunKind.Recovery)).Select(one => one.Step.ToString())];

    [Fact]
    public void RunAsync_OfTheDemotionAndTheSeal_SendsAllCallsAtOnceInTheirOrder()
    {
        StartAll(FailoverStep.DemoteSource, FailoverStep.AwaitLastVote, FailoverStep.SealSource);

        _calls.Should().Equal(
            "towers.AwaitVoteAsync",
            "source.SetIdentityAsync",
            "towers.AwaitVoteAsync",
            "source.RemoveAllAuthorizedVotersAsync",
            "towers.ReadAsync",
            "source.RemoveAllAuthorizedVotersAsync");
    }

    [Fact]
    public void RunAsync_OfTheDeliveryAndThePromotion_SendsBothAtOnceInTheirOrder()
    {
        StartAll(FailoverStep.DeliverTower, FailoverStep.PromoteTarget);

        _calls.Should().Equal("towers.DeliverAsync", "target.SetIdentityAsync");
    }

    [Theory]
    [MemberData(nameof(OfASwitchover))]
    public void RunAsync_OfEveryStepOfASwitchover_SendsBeforeItsFirstAwait(string name) => SendsAtOnce(RunKind.Switchover, Enum.Parse<FailoverStep>(name));

    [Theory]
    [MemberData(nameof(OfARecovery))]
    public void RunAsync_OfEveryStepOfARecovery_SendsBeforeItsFirstAwait(string name) => SendsAtOnce(RunKind.Recovery, Enum.Parse<FailoverStep>(name));

    [Fact]
    public void Of_EveryOperation_HasAClassForEachStepThatItsProtocolTakes()
    {
        RunSteps.Of(RunKind.Switchover, _run).All.Keys.Should().BeEquivalentTo(StepTable.All.Where(one => Run(one, RunKind.Switchover)).Select(one => one.Step));
        RunSteps.Of(RunKind.Recovery, _run).All.Keys.Should().BeEquivalentTo(StepTable.All.Where(one => Run(one, RunKind.Recovery)).Select(one => one.Step));
        RunSteps.Of(RunKind.Switchover, _run).All.Should().OnlyContain(one => one.Value.Step == one.Key);
        StepTable.All.Where(one => one.Planned is not null).Should().OnlyContain(one => RunSteps.Of(RunKind.Switchover, _run).All[one.Step].Describe(_world.FromAToB) != null);
    }

    /// <summary>By number: 1 to 99 are a switchover's, 101 to 199 a rollback's, 201 to 299 a recovery's, and 305 is a recovery's after a takeover.</summary>
    private static bool Run(StepDefinition step, RunKind kind) => (int)step.Step switch
    {
        < 100 => kind == RunKind.Switchover,
        < 200 => true,
        < 300 or 305 => kind == RunKind.Recovery,
        _ => false,
    };

    private void StartAll(params FailoverStep[] leg)
    {
        var steps = RunSteps.Of(RunKind.Switchover, _run);
        foreach (var step in leg)
        {
            _ = steps.RunAsync(step, CancellationToken.None);
        }
    }

    private void SendsAtOnce(RunKind kind, FailoverStep step)
    {
        _ = RunSteps.Of(kind, _run).RunAsync(step, CancellationToken.None);

        _calls.Should().NotBeEmpty("a call that is sent after an await may overtake the calls of the steps before it, or be overtaken");
    }

    private ValidatorNode Silent(ValidatorNode node, string name) => node with
    {
        Host = SilentPart.Of<IValidatorHost>(name, _calls),
        Link = SilentPart.Of<IIdentityLink>($"{name} link", _calls),
        Lock = SilentPart.Of<INodeLock>($"{name} lock", _calls),
        Rpc = SilentPart.Of<IClusterRpc>($"{name} rpc", _calls),
        Process = SilentPart.Of<IValidatorProcess>($"{name} process", _calls),
        RestartWindow = SilentPart.Of<IRestartWindow>($"{name} window", _calls),
    };
}
