using FluentAssertions;
using Tachyon.Failover.Cluster;
using Tachyon.Failover.Nodes;
using Xunit;

namespace Tachyon.Failover.Contracts;

public abstract partial class ValidatorHostContract
{
    /// <summary>A host of the same validator with time limits of a few seconds.</summary>
    protected abstract IValidatorHost HastyHost { get; }

    /// <summary>A host of a node that cannot be reached.</summary>
    protected abstract IValidatorHost UnreachableHost { get; }

    /// <summary>A host of the same validator whose settings name a program, keypairs, a voter and folders that do not exist.</summary>
    protected abstract IValidatorHost MisledHost { get; }

    /// <summary>The paths that the problems of <see cref="MisledHost"/> must name.</summary>
    protected abstract IReadOnlyList<string> MisledPaths { get; }

    /// <summary>Lets the validator execute the next <c>set-identity</c>, or not, and never answer it.</summary>
    protected abstract Task LoseNextSetIdentityAsync(bool isCarriedOut);

    protected abstract Task StopAsync();

    /// <summary>Restarts the validator. It is still starting when this returns, and needs some seconds.</summary>
    protected abstract Task StartAgainAsync();

    /// <summary>Makes the unstaked keypair file readable for other users, or private again.</summary>
    protected abstract void OpenKeypair(bool isOpen);

    /// <summary>Runs a command as an operator on the node would.</summary>
    /// <returns>Its exit code.</returns>
    protected abstract Task<int> TypeAsync(string command);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task SetIdentityAsync_NoAnswerWithinTheLimit_IsUnknownAndLaterCallsWork(bool isCarriedOut)
    {
        await LoseNextSetIdentityAsync(isCarriedOut);

        var result = await HastyHost.SetIdentityAsync(IdentityRole.Staked, requiredTower: null, within: null, Token);

        result.Should().Match<CallResult>(call => call.Outcome == CallOutcome.Unknown && call.Failure == CallFailure.TimedOut);
        var looked = await HastyHost.GetContactInfoAsync(Token);
        looked.Value.Should().NotBeNull("{0}", looked);
        looked.Value!.Identity.Should().Be(isCarriedOut ? StakedIdentity : UnstakedIdentity);
        (await HastyHost.AddAuthorizedVotersAsync(Token)).IsDone.Should().BeTrue();
    }

    [Fact]
    public async Task SetIdentityAsync_CallerGivesUpWhileItRuns_IsUnknown()
    {
        await LoseNextSetIdentityAsync(isCarriedOut: false);
        using var caller = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var running = HastyHost.SetIdentityAsync(IdentityRole.Staked, requiredTower: null, within: null, caller.Token);

        await caller.CancelAsync();

        // A call that is canceled at once may never have been sent. It is unknown all the same: this side cannot know.
        (await running).Should().Match<CallResult>(call => call.Outcome == CallOutcome.Unknown && call.Failure == CallFailure.Canceled);
    }

    [Fact]
    public async Task EveryCall_ValidatorStoppedAndStartedAgain_IsNotDoneAndSaysWhy()
    {
        await StopAsync();
        await ShouldFailAsync(CallFailure.ValidatorNotRunning);

        await StartAgainAsync();
        (await Host.SetIdentityAsync(IdentityRole.Staked, requiredTower: null, within: null, Token))
            .Should().Match<CallResult>(call => call.Outcome == CallOutcome.NotDone && call.Failure == CallFailure.ValidatorStarting);
        (await Host.GetContactInfoAsync(Token)).Call.Failure.Should().Be(CallFailure.ValidatorStarting);

        (await RunningAsync()).Value!.Identity.Should().Be(UnstakedIdentity, "its link names that keypair");
    }

    [Fact]
    public async Task EveryCall_HostUnreachable_IsNotDone()
    {
        CallResult[] calls =
        [
            await UnreachableHost.SetIdentityAsync(IdentityRole.Staked, requiredTower: null, within: null, Token),
            await UnreachableHost.AddAuthorizedVotersAsync(Token),
            await UnreachableHost.RemoveAllAuthorizedVotersAsync(Token),
            (await UnreachableHost.GetContactInfoAsync(Token)).Call,
            (await UnreachableHost.InspectAsync(Token)).Call,
        ];

        calls.Should().OnlyContain(call => call.Outcome == CallOutcome.NotDone && call.Failure == CallFailure.Unreachable);
    }

    [Fact]
    public async Task InspectAsync_AllIsWell_GivesVersionAndPublicHalves()
    {
        var found = await Host.InspectAsync(Token);

        found.Value.Should().NotBeNull("{0}", found);
        found.Value!.Problems.Should().BeEmpty();
        found.Value.Version.Should().Contain("-validator ");
        found.Value.StakedIdentity.Should().Be(StakedIdentity);
        found.Value.UnstakedIdentity.Should().Be(UnstakedIdentity);
        found.Value.LedgerPlace.Should().NotBeNullOrEmpty();
        found.Value.IsLocked.Should().BeFalse();
        found.Value.Ended.Should().BeOnOrAfter(found.Value.Began!.Value);
        found.Value.Process.Should().NotBeNull();
        found.Value.Process!.Identity!.IsAsInSettings.Should().BeTrue();
        found.Value.Process.AuthorizedVoters.Should().ContainSingle().Which.Should().Match<StartPath>(voter => voter.IsAsInSettings == true && voter.Key!.Equals(StakedIdentity));
    }

    [Fact]
    public async Task InspectAsync_ManyThingsWrong_TellsAllAtOnce()
    {
        var found = await MisledHost.InspectAsync(Token);

        found.Value.Should().NotBeNull("{0}", found);
        found.Value!.Version.Should().BeNull();
        found.Value.StakedIdentity.Should().BeNull();
        found.Value.UnstakedIdentity.Should().BeNull();
        foreach (var path in MisledPaths)
        {
            found.Value.Problems.Should().ContainSingle(problem => problem.Seen.Contains(path, StringComparison.Ordinal), "{0} is not there", path);
        }
    }

    [Fact]
    public async Task EveryCall_NoProgram_IsNotDone()
    {
        CallResult[] calls =
        [
            await MisledHost.SetIdentityAsync(IdentityRole.Staked, requiredTower: null, within: null, Token),
            await MisledHost.AddAuthorizedVotersAsync(Token),
            await MisledHost.RemoveAllAuthorizedVotersAsync(Token),
            (await MisledHost.GetContactInfoAsync(Token)).Call,
        ];

        calls.Should().OnlyContain(call => call.Outcome == CallOutcome.NotDone && call.Failure == CallFailure.ProgramMissing);
    }

    [Fact]
    public async Task InspectAsync_KeypairOpenToOthers_IsThatAspectWithTheCommand()
    {
        OpenKeypair(isOpen: true);

        var found = await Host.InspectAsync(Token);

        OpenKeypair(isOpen: false);
        found.Value!.Problems.Should().ContainSingle().Which.Should().Match<SetupProblem>(problem =>
            problem.Code == "TF110" && problem.Remedy.Contains("chmod 600", StringComparison.Ordinal));
    }

    [Fact]
    public async Task CommandFor_EachCommand_DoesOnTheNodeWhatItSays()
    {
        await ShouldRunAsync(ValidatorCommand.TakeStakedIdentity);
        (await IdentityAsync()).Should().Be(StakedIdentity);
        await ShouldRunAsync(ValidatorCommand.TakeUnstakedIdentity);
        (await IdentityAsync()).Should().Be(UnstakedIdentity);
        await ShouldRunAsync(ValidatorCommand.AddAuthorizedVoters);
        (await HasVotersAsync()).Should().BeTrue();
        await ShouldRunAsync(ValidatorCommand.RemoveAllAuthorizedVoters);
        (await HasVotersAsync()).Should().BeFalse();
        await ShouldRunAsync(ValidatorCommand.ShowContactInfo);
        await ShouldRunAsync(ValidatorCommand.MoveTowerAside);
        HasTower.Should().BeFalse();
    }

    [Fact]
    public async Task CommandFor_TakeStakedIdentity_NeedsATower()
    {
        PlaceTower(null);

        (await TypeAsync(Host.CommandFor(ValidatorCommand.TakeStakedIdentity))).Should().NotBe(0, "without its tower the operator must not promote the staked identity");

        (await IdentityAsync()).Should().Be(UnstakedIdentity);
    }

    private async Task ShouldRunAsync(ValidatorCommand command) => (await TypeAsync(Host.CommandFor(command))).Should().Be(0, "{0}", Host.CommandFor(command));

    private async Task ShouldFailAsync(CallFailure failure)
    {
        CallResult[] calls =
        [
            await Host.SetIdentityAsync(IdentityRole.Staked, requiredTower: null, within: null, Token),
            await Host.AddAuthorizedVotersAsync(Token),
            await Host.RemoveAllAuthorizedVotersAsync(Token),
            (await Host.GetContactInfoAsync(Token)).Call,
        ];

        calls.Should().OnlyContain(call => call.Outcome == CallOutcome.NotDone && call.Failure == failure);
    }

    private async Task<CallResult<ClusterNode>> RunningAsync()
    {
        var start = TimeProvider.System.GetTimestamp();
        var found = await Host.GetContactInfoAsync(Token);
        while (found.Call.Failure == CallFailure.ValidatorStarting && TimeProvider.System.GetElapsedTime(start) < Patience.Limit)
        {
            found = await Host.GetContactInfoAsync(Token);
        }

        return found;
    }
}
