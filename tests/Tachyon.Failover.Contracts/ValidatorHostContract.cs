using FluentAssertions;
using Tachyon.Failover.Nodes;
using Tachyon.Failover.Towers;
using Xunit;

namespace Tachyon.Failover.Contracts;

/// <summary>
/// The rules for every <see cref="IValidatorHost"/>. Derive one class for each implementation. A test begins with a validator that runs its unstaked
/// identity, has no authorized voters, and whose tower folder holds <see cref="FinalTower"/>.
/// </summary>
public abstract partial class ValidatorHostContract
{
    /// <summary>The host, with generous time limits.</summary>
    protected abstract IValidatorHost Host { get; }

    protected abstract Pubkey StakedIdentity { get; }

    protected abstract Pubkey UnstakedIdentity { get; }

    /// <summary>A tower of the staked identity with which the validator can continue.</summary>
    protected abstract TowerFile FinalTower { get; }

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    private static CancellationToken Cancelled => new(canceled: true);

    /// <summary>The validator's identity, read without the host.</summary>
    protected abstract Task<Pubkey> IdentityAsync();

    /// <summary>Whether the validator has its authorized voters, read without the host.</summary>
    protected abstract Task<bool> HasVotersAsync();

    /// <summary>Whether there is a tower that the validator can use.</summary>
    protected abstract bool HasTower { get; }

    /// <summary>Puts these bytes in the tower's place; null for none.</summary>
    protected abstract void PlaceTower(byte[]? bytes);

    [Theory]
    [InlineData(IdentityRole.Staked)]
    [InlineData(IdentityRole.Unstaked)]
    public async Task SetIdentityAsync_Repeated_ChangesWhatRunsAndIsASuccessEachTime(IdentityRole identity)
    {
        (await Host.SetIdentityAsync(identity, requiredTower: null, within: null, Token)).IsDone.Should().BeTrue();
        (await Host.SetIdentityAsync(identity, requiredTower: null, within: null, Token)).IsDone.Should().BeTrue();

        (await IdentityAsync()).Should().Be(identity == IdentityRole.Staked ? StakedIdentity : UnstakedIdentity);
    }

    [Fact]
    public async Task SetIdentityAsync_RequiredTowerIsThere_IsDone()
    {
        (await Host.SetIdentityAsync(IdentityRole.Staked, FinalTower, within: null, Token)).IsDone.Should().BeTrue();

        (await IdentityAsync()).Should().Be(StakedIdentity);
    }

    [Fact]
    public async Task SetIdentityAsync_Within_IsDoneInTimeAndNotBegunTooLate()
    {
        var late = await Host.SetIdentityAsync(IdentityRole.Staked, requiredTower: null, within: TimeSpan.Zero, Token);

        late.Should().Match<CallResult>(call => call.Outcome == CallOutcome.NotDone && call.Failure == CallFailure.Expired);
        (await IdentityAsync()).Should().Be(UnstakedIdentity);

        (await Host.SetIdentityAsync(IdentityRole.Staked, FinalTower, within: Patience.Limit, Token)).IsDone.Should().BeTrue();

        (await IdentityAsync()).Should().Be(StakedIdentity);
    }

    [Theory]
    [InlineData("other")]
    [InlineData("missing")]
    [InlineData("truncated")]
    [InlineData("empty")]
    public async Task SetIdentityAsync_AnotherTowerThanTheRequired_IsNotDoneAndNothingChanges(string tower)
    {
        var final = FinalTower.Bytes.ToArray();
        PlaceTower(tower switch
        {
            "other" => Flipped(final),
            "missing" => null,
            "truncated" => final[..^1],
            _ => [],
        });

        var result = await Host.SetIdentityAsync(IdentityRole.Staked, FinalTower, within: null, Token);

        result.Should().Match<CallResult>(call => call.Outcome == CallOutcome.NotDone && call.Failure == CallFailure.TowerMismatch);
        result.Detail.Should().Contain(FinalTower.Digest);
        (await IdentityAsync()).Should().Be(UnstakedIdentity);
    }

    [Fact]
    public async Task SetIdentityAsync_RequiredTowerWithABadSignature_IsTheValidatorsOwnRefusal()
    {
        var spoilt = new TowerFile(Flipped(FinalTower.Bytes.ToArray()));
        PlaceTower(spoilt.Bytes.ToArray());

        var result = await Host.SetIdentityAsync(IdentityRole.Staked, spoilt, within: null, Token);

        result.Should().Match<CallResult>(call => call.Outcome == CallOutcome.NotDone && call.Failure == CallFailure.TowerSignatureInvalid);
        (await IdentityAsync()).Should().Be(UnstakedIdentity);
    }

    [Fact]
    public async Task SetIdentityAsync_RequiredTowerThatEndsEarly_IsTheValidatorsOwnRefusal()
    {
        var spoilt = new TowerFile(FinalTower.Bytes.Span[..^100]);
        PlaceTower(spoilt.Bytes.ToArray());

        (await Host.SetIdentityAsync(IdentityRole.Staked, spoilt, within: null, Token)).Failure.Should().Be(CallFailure.TowerCorrupt);

        (await IdentityAsync()).Should().Be(UnstakedIdentity);
    }

    [Fact]
    public async Task AuthorizedVoters_TakenAndGivenTwiceEach_AreASuccessEachTime()
    {
        (await Host.AddAuthorizedVotersAsync(Token)).Should().Match<CallResult>(call => call.IsDone);
        (await Host.AddAuthorizedVotersAsync(Token)).Should().Match<CallResult>(call => call.IsDone, "a voter that is there already counts as added");
        (await HasVotersAsync()).Should().BeTrue();

        (await Host.RemoveAllAuthorizedVotersAsync(Token)).Should().Match<CallResult>(call => call.IsDone);
        (await Host.RemoveAllAuthorizedVotersAsync(Token)).Should().Match<CallResult>(call => call.IsDone);
        (await HasVotersAsync()).Should().BeFalse();

        (await Host.AddAuthorizedVotersAsync(Token)).IsDone.Should().BeTrue();
        (await HasVotersAsync()).Should().BeTrue();
    }

    [Fact]
    public async Task GetContactInfoAsync_Running_GivesIdentityAndAddresses()
    {
        var info = await Host.GetContactInfoAsync(Token);

        info.Value.Should().NotBeNull("{0}", info);
        info.Value!.Identity.Should().Be(UnstakedIdentity);
        info.Value.Gossip.Should().NotBeNull();
        info.Value.Rpc.Should().NotBeNull();
        info.Value.ShredVersion.Should().BePositive();
    }

    [Fact]
    public async Task Calls_MadeWithoutWaiting_AreCarriedOutInTheirOrder()
    {
        var there = Host.SetIdentityAsync(IdentityRole.Staked, requiredTower: null, within: null, Token);
        var first = Host.GetContactInfoAsync(Token);
        var back = Host.SetIdentityAsync(IdentityRole.Unstaked, requiredTower: null, within: null, Token);
        var again = Host.SetIdentityAsync(IdentityRole.Staked, FinalTower, within: null, Token);
        var second = Host.GetContactInfoAsync(Token);
        var end = Host.SetIdentityAsync(IdentityRole.Unstaked, requiredTower: null, within: null, Token);

        (await Task.WhenAll(there, back, again, end)).Should().OnlyContain(call => call.IsDone);
        (await first).Value!.Identity.Should().Be(StakedIdentity);
        (await second).Value!.Identity.Should().Be(StakedIdentity);
        (await IdentityAsync()).Should().Be(UnstakedIdentity);
    }

    [Fact]
    public async Task EveryCall_CancelledBefore_IsNotDone()
    {
        CallResult[] calls =
        [
            await Host.SetIdentityAsync(IdentityRole.Staked, requiredTower: null, within: null, Cancelled),
            await Host.AddAuthorizedVotersAsync(Cancelled),
            await Host.RemoveAllAuthorizedVotersAsync(Cancelled),
            (await Host.GetContactInfoAsync(Cancelled)).Call,
            (await Host.InspectAsync(Cancelled)).Call,
        ];

        calls.Should().OnlyContain(call => call.Outcome == CallOutcome.NotDone && call.Failure == CallFailure.Canceled);
        (await IdentityAsync()).Should().Be(UnstakedIdentity);
        (await HasVotersAsync()).Should().BeFalse();
    }

    // A bit of the signature, which follows the four bytes of the variant.
    private static byte[] Flipped(byte[] bytes) => [.. bytes[..10], (byte)(bytes[10] ^ 1), .. bytes[11..]];
}
