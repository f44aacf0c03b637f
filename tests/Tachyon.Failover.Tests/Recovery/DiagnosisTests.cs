using FluentAssertions;
using Moq;
using Tachyon.Failover.Cluster;
using Tachyon.Failover.Nodes;
using Tachyon.Failover.Testing.Keypairs;
using Tachyon.Failover.Testing.Simulation;
using Tachyon.Failover.Towers;
using Xunit;

namespace Tachyon.Failover.Tests.Recovery;

/// <summary>The diagnosis of nodes whose identity is unknown, and what it must not say (findings H7, H12.6, S5, W7).</summary>
public sealed class DiagnosisTests
{
    private static readonly CallResult NoSocket = CallResult.NotDone(CallFailure.ValidatorNotRunning, "/mnt/ledger/admin.rpc does not exist");
    private static readonly Pubkey Third = ValidatorKeypair.Generate(1, "a third one").Pubkey;

    private readonly SimulatedPair _pair = new(6);

    public DiagnosisTests() => _pair.Pass(TimeSpan.FromSeconds(5));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void H7_SocketIsGoneWhileItVotes_NobodySaysThatNobodyVotes(bool showsProcesses)
    {
        var given = With(NodeSide.Source, host => new Strange(host) { ContactInfo = NoSocket, ShowsProcesses = showsProcesses }, dead: true);

        var found = Diagnose(given);

        found.State.Should().Be(PairState.Unknown, "{0}", found);
        found.Reason.Should().StartWith("a votes with the staked identity, as its tower shows: leave it alone.").And.Contain("admin.rpc does not exist");
        found.IdentityAt.Should().Be(IdentityLocation.Source);
        found.Source.Votes.Should().BeTrue();
        ShouldChangeNothing(found);
    }

    [Fact]
    public void H7_SocketIsGoneWhileItVotes_ARecoveryGivesNobodyAVote()
    {
        var given = With(NodeSide.Source, host => new Strange(host) { ContactInfo = NoSocket }, dead: true);

        var result = _pair.Run(() => Coordinator().RecoverAsync(given))!;

        result.Outcome.Should().Be(RecoveryOutcome.Indeterminate, "{0}", result);
        (_pair.A.CanVote, _pair.B.RunsStaked).Should().Be((true, false));
        result.OperatorActions.Should().OnlyContain(todo => todo.Command == null || todo.Command.Contains("contact-info", StringComparison.Ordinal));
        _pair.Judge.ThrowIfBroken();
    }

    [Fact]
    public void H12_6_ProcessIsThereAndNoSocket_IsStartingAndNotDown()
    {
        var given = With(NodeSide.Target, host => new Strange(host) { ContactInfo = NoSocket }, dead: true);

        Diagnose(given).Target.Condition.Should().Be(NodeCondition.Starting);
    }

    [Fact]
    public void H12_6_NoProcessAndNoSocket_IsDown()
    {
        _pair.B.LinkTarget = "/nowhere";
        _pair.B.KillValidator();
        _pair.Pass(TimeSpan.FromSeconds(30));

        var found = Diagnose(_pair.FromAToB);

        found.Target.Condition.Should().Be(NodeCondition.NotRunning, "{0}", found);
    }

    [Fact]
    public void H7_ProcessesAreHiddenAndNoSocket_IsNotKnown()
    {
        var given = With(NodeSide.Target, host => new Strange(host) { ContactInfo = NoSocket, ShowsProcesses = false }, dead: true);

        Diagnose(given).Target.Condition.Should().Be(NodeCondition.Unreachable, "no socket alone is no proof");
    }

    [Fact]
    public void W7_AThirdIdentity_IsNamedAndIsNotUnstaked()
    {
        var given = With(NodeSide.Target, host => new Strange(host) { ContactInfo = new ClusterNode { Identity = Third } }, dead: true);

        var found = Diagnose(given);

        found.Target.Should().BeEquivalentTo(new { Identity = (IdentityRole?)null, OtherIdentity = Third, Votes = (bool?)null });
        found.Reason.Should().Contain($"b runs {Third}, which is neither the staked identity nor its own unstaked one").And.StartWith("a votes with the staked identity: leave it alone.");
        found.ToString().Should().Contain($"b runs another identity, {Third}");
        ShouldChangeNothing(found);
    }

    [Fact]
    public void W7_VotesLandAndNeitherNodeIsSeenToVote_NobodySaysThatNobodyVotes()
    {
        // a's socket is another validator's, which runs what a's settings call the unstaked identity; its tower is another ledger's.
        var given = With(NodeSide.Source, host => new Strange(host) { ContactInfo = new ClusterNode { Identity = _pair.A.KeyOf(IdentityRole.Unstaked) } }, dead: true);

        var found = Diagnose(given);

        found.State.Should().Be(PairState.Unknown, "{0}", found);
        found.Reason.Should().StartWith("Neither node was seen to vote with the staked identity, but votes of it land");
        found.OperatorActions.Should().NotContain(todo => Gives(todo));
    }

    [Fact]
    public void S5_WayToOneNodeIsBroken_TheVoterIsNamedFirstAndNothingIsToBeChanged()
    {
        _pair.Coordinator.Partition(_pair.B, TimeSpan.FromHours(1));

        var found = Diagnose(_pair.FromAToB);

        found.State.Should().Be(PairState.Unknown);
        found.Reason.Should().StartWith("a votes with the staked identity: leave it alone. It is unknown what b runs (").And.EndWith(").", "the error of the way is in the first line");
        found.ToString().Split('\n')[0].Should().Contain(found.Reason);
        ShouldChangeNothing(found);
        found.OperatorActions.Should().ContainSingle().Which.Reason.Should().Contain("a votes: leave it alone").And.Contain("Restore the connection to b");
    }

    private static bool Gives(OperatorAction todo) => todo.Command is { } command
        && (command.Contains("authorized-voter add", StringComparison.Ordinal) || command.Contains("--require-tower", StringComparison.Ordinal) || (command.StartsWith("ln", StringComparison.Ordinal) && !command.Contains("unstaked", StringComparison.Ordinal)));

    private static void ShouldChangeNothing(PairDiagnosis found) =>
        found.OperatorActions.Should().NotBeEmpty().And.OnlyContain(todo => todo.Command!.EndsWith("contact-info", StringComparison.Ordinal));

    private FailoverCoordinator Coordinator() => new(new FailoverOptions { MinimumIdle = null, RollbackTimeout = TimeSpan.FromSeconds(30) }, timeProvider: _pair.Time);

    private PairDiagnosis Diagnose(ValidatorPair pair) => _pair.Run(() => Coordinator().DiagnoseAsync(pair))!;

    private ValidatorPair With(NodeSide side, Func<IValidatorHost, IValidatorHost> host, bool dead)
    {
        var given = _pair.FromAToB;
        var node = given.On(side);
        node = node with { Host = host(node.Host), Rpc = dead ? new Mock<IClusterRpc>(MockBehavior.Strict).Object : node.Rpc };
        return side == NodeSide.Source ? given with { Source = node } : given with { Target = node };
    }

    /// <summary>A host that gives the ordered answers, and executes the rest.</summary>
    private sealed class Strange(IValidatorHost inner) : IValidatorHost
    {
        public required CallResult<ClusterNode> ContactInfo { get; init; }

        public bool ShowsProcesses { get; init; } = true;

        public Task<CallResult> SetIdentityAsync(IdentityRole identity, TowerFile? requiredTower, TimeSpan? within, CancellationToken cancellationToken = default) =>
            inner.SetIdentityAsync(identity, requiredTower, within, cancellationToken);

        public Task<CallResult> AddAuthorizedVotersAsync(CancellationToken cancellationToken = default) => inner.AddAuthorizedVotersAsync(cancellationToken);

        public Task<CallResult> RemoveAllAuthorizedVotersAsync(CancellationToken cancellationToken = default) => inner.RemoveAllAuthorizedVotersAsync(cancellationToken);

        public Task<CallResult<ClusterNode>> GetContactInfoAsync(CancellationToken cancellationToken = default) => Task.FromResult(ContactInfo);

        public async Task<CallResult<ValidatorInspection>> InspectAsync(CancellationToken cancellationToken = default)
        {
            var seen = await inner.InspectAsync(cancellationToken).ConfigureAwait(false);
            return ShowsProcesses || seen.Value is not { } inspection ? seen : inspection.With(static it => it.Processes = null);
        }

        public string CommandFor(ValidatorCommand command) => inner.CommandFor(command);
    }
}
