using FluentAssertions;
using Tachyon.Failover.Nodes;
using Xunit;

namespace Tachyon.Failover.Contracts;

/// <summary>The rules for every <see cref="IIdentityLink"/>. Derive one class for each implementation.</summary>
public abstract class IdentityLinkContract
{
    protected abstract IIdentityLink Link { get; }

    /// <summary>The same link, with settings in which the two keypair files are swapped.</summary>
    protected abstract IIdentityLink Misnamed { get; }

    /// <summary>The keys in the files, independent of the files' names.</summary>
    protected abstract (Pubkey Staked, Pubkey Unstaked) Keys { get; }

    /// <summary>Points the link at a path, without the implementation.</summary>
    protected abstract void Arrange(string target);

    /// <summary>Puts a regular file in the link's place.</summary>
    protected abstract void ArrangeFile();

    /// <summary>Removes the link.</summary>
    protected abstract void ArrangeNothing();

    /// <summary>The target of the link, read without the implementation; null if there is no link.</summary>
    protected abstract string? Target { get; }

    protected abstract string PathOf(IdentityRole identity);

    [Theory]
    [InlineData(IdentityRole.Staked)]
    [InlineData(IdentityRole.Unstaked)]
    public async Task ReadAsync_Link_SaysWhichKeypair(IdentityRole identity)
    {
        Arrange(PathOf(identity));

        var read = await Link.ReadAsync(TestContext.Current.CancellationToken);

        read.Value.Should().BeEquivalentTo(new IdentityLinkTarget
        {
            Path = PathOf(identity),
            Identity = identity,
            Key = identity == IdentityRole.Staked ? Keys.Staked : Keys.Unstaked,
            StakedKey = Keys.Staked,
            UnstakedKey = Keys.Unstaked,
        });
    }

    [Theory]
    [InlineData(IdentityRole.Staked)]
    [InlineData(IdentityRole.Unstaked)]
    public async Task S2_ReadAsync_NamesAreSwapped_TheKeyInTheFileTells(IdentityRole identity)
    {
        Arrange(PathOf(identity));

        var read = await Misnamed.ReadAsync(TestContext.Current.CancellationToken);

        read.Value!.Identity.Should().Be(identity, "the file at the end of the link holds that key");
        (read.Value.StakedKey, read.Value.UnstakedKey).Should().Be((Keys.Unstaked, Keys.Staked), "the files that the settings name hold those keys");
    }

    [Theory]
    [InlineData(IdentityRole.Staked)]
    [InlineData(IdentityRole.Unstaked)]
    public async Task S2_PointAtAsync_NamesAreSwapped_IsRefusedAndNothingChanges(IdentityRole identity)
    {
        var before = PathOf(identity == IdentityRole.Staked ? IdentityRole.Unstaked : IdentityRole.Staked);
        Arrange(before);

        var result = await Misnamed.PointAtAsync(identity, TestContext.Current.CancellationToken);

        result.Should().Match<CallResult>(call => call.Outcome == CallOutcome.NotDone && call.Failure == CallFailure.KeypairUnusable);
        Target.Should().Be(before);
    }

    [Fact]
    public async Task ReadAsync_RelativeLink_IsTheSameKeypair()
    {
        Arrange(Path.GetFileName(PathOf(IdentityRole.Staked)));

        (await Link.ReadAsync(TestContext.Current.CancellationToken)).Value!.Identity.Should().Be(IdentityRole.Staked);
    }

    [Fact]
    public async Task ReadAsync_LinkToSomethingElse_IsNeitherIdentity()
    {
        Arrange("/nowhere/at-all.json");

        var read = await Link.ReadAsync(TestContext.Current.CancellationToken);

        read.Value.Should().BeEquivalentTo(new IdentityLinkTarget { Path = "/nowhere/at-all.json", Identity = null, StakedKey = Keys.Staked, UnstakedKey = Keys.Unstaked });
    }

    [Fact]
    public async Task PointAtAsync_OtherKeypair_MovesTheLink()
    {
        Arrange(PathOf(IdentityRole.Staked));

        (await Link.PointAtAsync(IdentityRole.Unstaked, TestContext.Current.CancellationToken)).IsDone.Should().BeTrue();

        Target.Should().Be(PathOf(IdentityRole.Unstaked));
    }

    [Fact]
    public async Task PointAtAsync_Twice_IsASuccess()
    {
        Arrange(PathOf(IdentityRole.Staked));
        await Link.PointAtAsync(IdentityRole.Unstaked, TestContext.Current.CancellationToken);

        (await Link.PointAtAsync(IdentityRole.Unstaked, TestContext.Current.CancellationToken)).IsDone.Should().BeTrue();

        Target.Should().Be(PathOf(IdentityRole.Unstaked));
    }

    [Fact]
    public async Task PointAtAsync_ThereAndBackManyTimesAtOnce_EndsWithTheLast()
    {
        Arrange(PathOf(IdentityRole.Staked));
        var calls = Enumerable.Range(0, 20)
            .Select(i => Link.PointAtAsync(i % 2 == 0 ? IdentityRole.Unstaked : IdentityRole.Staked, TestContext.Current.CancellationToken))
            .ToArray();

        (await Task.WhenAll(calls)).Should().OnlyContain(call => call.IsDone);

        Target.Should().Be(PathOf(IdentityRole.Staked));
    }

    [Fact]
    public async Task PointAtAsync_RegularFileInItsPlace_IsRefusedAndNothingChanges()
    {
        ArrangeFile();

        var result = await Link.PointAtAsync(IdentityRole.Unstaked, TestContext.Current.CancellationToken);

        result.Failure.Should().Be(CallFailure.NotALink);
        result.Detail.Should().Contain("no symbolic link");
        Target.Should().BeNull();
        (await Link.ReadAsync(TestContext.Current.CancellationToken)).Call.Failure.Should().Be(CallFailure.NotALink);
    }

    [Fact]
    public async Task PointAtAsync_NothingInItsPlace_IsRefused()
    {
        ArrangeNothing();

        (await Link.PointAtAsync(IdentityRole.Unstaked, TestContext.Current.CancellationToken)).Failure.Should().Be(CallFailure.NotALink);

        Target.Should().BeNull();
    }

    [Fact]
    public async Task PointAtAsync_CancelledBefore_IsNotDone()
    {
        Arrange(PathOf(IdentityRole.Staked));

        var result = await Link.PointAtAsync(IdentityRole.Unstaked, new CancellationToken(canceled: true));

        result.Outcome.Should().Be(CallOutcome.NotDone);
        Target.Should().Be(PathOf(IdentityRole.Staked));
    }

    [Fact]
    public void CommandToPointAt_NamesLinkAndKeypair() =>
        Link.CommandToPointAt(IdentityRole.Staked).Should().Contain(Path.GetFileName(PathOf(IdentityRole.Staked)));
}
