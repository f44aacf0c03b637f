using FluentAssertions;
using Tachyon.Failover.Nodes;
using Tachyon.Failover.Towers;
using Xunit;

namespace Tachyon.Failover.Contracts;

/// <summary>The rules for every <see cref="ITowerTransport"/>. Derive one class for each implementation.</summary>
public abstract class TowerTransportContract
{
    protected abstract ITowerTransport Transport { get; }

    /// <summary>At least three towers of one identity, oldest first. The transport does not read their content.</summary>
    protected abstract IReadOnlyList<TowerFile> Towers { get; }

    /// <summary>Saves a tower as a validator does: under another name, then renamed.</summary>
    protected abstract void Save(NodeSide node, TowerFile tower);

    /// <summary>Begins to save a tower as a validator does: under another name. The returned action puts it in its place. Null if a half-written tower is never visible.</summary>
    protected virtual Action? BeginSaving(NodeSide node, TowerFile tower) => null;

    /// <summary>The transport after Dispose, or null if it has nothing to dispose.</summary>
    protected virtual Task<ITowerTransport?> DisposedTwiceAsync() => Task.FromResult<ITowerTransport?>(null);

    /// <summary>The bytes of the tower on a node, read without the transport; null if there is none.</summary>
    protected abstract byte[]? Saved(NodeSide node);

    /// <summary>The bytes of all other files in the node's tower folder.</summary>
    protected abstract IReadOnlyList<byte[]> Others(NodeSide node);

    private static CancellationToken Cancelled => new(canceled: true);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(NodeSide.Source)]
    [InlineData(NodeSide.Target)]
    public async Task ReadAsync_Tower_GivesItsBytes(NodeSide node)
    {
        Save(node, Towers[0]);

        (await Transport.ReadAsync(node, TimeSpan.Zero, Token)).Value.Should().Be(Towers[0]);
    }

    [Fact]
    public async Task ReadAsync_NoTower_SaysSo() =>
        (await Transport.ReadAsync(NodeSide.Source, TimeSpan.FromMilliseconds(30), Token)).Call.Failure.Should().Be(CallFailure.TowerMissing);

    [Fact]
    public async Task H12_3_ReadAsync_TowerIsBeingWrittenAtTheRead_GivesTheNewOne()
    {
        Save(NodeSide.Source, Towers[0]);
        var finish = BeginSaving(NodeSide.Source, Towers[1]);
        Assert.SkipWhen(finish is null, "Towers are saved at once here.");
        var read = Transport.ReadAsync(NodeSide.Source, TimeSpan.FromMilliseconds(30), Token);
        using var timer = TimeProvider.System.CreateTimer(_ => finish(), null, TimeSpan.FromMilliseconds(200), Timeout.InfiniteTimeSpan);

        var tower = await read;

        // On a busy node the read may come after the validator's write. Then it returns the new tower as well.
        tower.Value.Should().Be(Towers[1]);
    }

    [Fact]
    public async Task H12_3_ReadAsync_TowerStaysHalfWritten_ReadsNothing()
    {
        Save(NodeSide.Source, Towers[0]);
        Assert.SkipWhen(BeginSaving(NodeSide.Source, Towers[1]) is null, "Towers are saved at once here.");

        (await Transport.ReadAsync(NodeSide.Source, TimeSpan.FromMilliseconds(30), Token)).Call
            .Should().Match<CallResult>(call => call.Outcome == CallOutcome.NotDone && call.Failure == CallFailure.TimedOut);
        (await Transport.ReadAsync(NodeSide.Source, TimeSpan.Zero, Token)).Value.Should().Be(Towers[0], "the test did not ask for the last one");
    }

    [Fact]
    public async Task C10_EveryCall_DisposedTwice_IsNotDoneAndDoesNotThrow()
    {
        Save(NodeSide.Source, Towers[0]);
        var transport = await DisposedTwiceAsync();
        Assert.SkipWhen(transport is null, "There is nothing to dispose.");

        (await transport.ReadAsync(NodeSide.Source, TimeSpan.Zero, Token)).Call.Outcome.Should().Be(CallOutcome.NotDone);
        (await transport.DeliverAsync(Towers[1], trial: false, Token)).Outcome.Should().Be(CallOutcome.NotDone);
        (await transport.MoveAsideAsync(NodeSide.Source, Token)).Outcome.Should().Be(CallOutcome.NotDone);
        (await transport.AwaitVoteAsync(TimeSpan.Zero, sinceLastWait: false, Token)).Outcome.Should().Be(CallOutcome.NotDone);
        await using var feed = transport.StreamAsync(NodeSide.Source, Token).GetAsyncEnumerator(Token);
        (await feed.MoveNextAsync()).Should().BeFalse();
        Saved(NodeSide.Source).Should().Equal(Towers[0].Bytes.ToArray());
    }

    [Fact]
    public async Task DeliverAsync_EmptyFolder_PutsTheSameBytesThereAndNothingElse()
    {
        (await Transport.DeliverAsync(Towers[0], trial: false, Token)).Should().Be(CallResult.Done());

        Saved(NodeSide.Target).Should().Equal(Towers[0].Bytes.ToArray());
        Others(NodeSide.Target).Should().BeEmpty();
        Saved(NodeSide.Source).Should().BeNull();
    }

    [Fact]
    public async Task DeliverAsync_Twice_IsASuccessAndMovesNothingAside()
    {
        await Transport.DeliverAsync(Towers[0], trial: false, Token);

        (await Transport.DeliverAsync(Towers[0], trial: false, Token)).IsDone.Should().BeTrue();

        Others(NodeSide.Target).Should().BeEmpty();
    }

    [Fact]
    public async Task DeliverAsync_AnotherTowerInItsPlace_IsMovedAsideAndNotLost()
    {
        Save(NodeSide.Target, Towers[0]);

        (await Transport.DeliverAsync(Towers[1], trial: false, Token)).IsDone.Should().BeTrue();

        Saved(NodeSide.Target).Should().Equal(Towers[1].Bytes.ToArray());
        Others(NodeSide.Target).Should().ContainSingle().Which.Should().Equal(Towers[0].Bytes.ToArray());
    }

    [Fact]
    public async Task DeliverAsync_Trial_LeavesTheFolderAsItWas()
    {
        Save(NodeSide.Target, Towers[0]);

        (await Transport.DeliverAsync(Towers[1], trial: true, Token)).IsDone.Should().BeTrue();

        Saved(NodeSide.Target).Should().Equal(Towers[0].Bytes.ToArray());
        Others(NodeSide.Target).Should().BeEmpty();
    }

    [Fact]
    public async Task SetAsideAsync_SeveralTimes_LosesNone()
    {
        var paths = new List<string?>();
        foreach (var tower in Towers)
        {
            Save(NodeSide.Target, tower);
            paths.Add((await Transport.MoveAsideAsync(NodeSide.Target, Token)).Detail);
        }

        Saved(NodeSide.Target).Should().BeNull();
        Others(NodeSide.Target).Should().BeEquivalentTo(Towers.Select(tower => tower.Bytes.ToArray()));
        paths.Should().OnlyHaveUniqueItems().And.NotContainNulls();
    }

    [Fact]
    public async Task SetAsideAsync_NoTower_IsASuccessWithoutAPath() =>
        (await Transport.MoveAsideAsync(NodeSide.Source, Token)).Should().Be(CallResult.Done());

    [Fact]
    public async Task WatchAsync_TowersAreSaved_GivesThePresentOneAndThoseThatFollow()
    {
        Save(NodeSide.Source, Towers[0]);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var seen = new List<TowerFile>();

        // Save the next tower after the one before was seen, so that none is replaced unseen.
        var watch = Task.Run(
            async () =>
            {
                await foreach (var tower in Transport.StreamAsync(NodeSide.Source, stop.Token))
                {
                    seen.Add(tower);
                    if (seen.Count == Towers.Count)
                    {
                        break;
                    }

                    Save(NodeSide.Source, Towers[seen.Count]);
                }
            },
            Token);
        await watch.WaitAsync(Patience.Limit, TimeProvider.System, Token);

        seen.Should().Equal(Towers);
    }

    [Fact]
    public async Task WatchAsync_CallerStops_Ends()
    {
        Save(NodeSide.Source, Towers[0]);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var count = 0;

        var watch = Task.Run(
            async () =>
            {
                await foreach (var _ in Transport.StreamAsync(NodeSide.Source, stop.Token))
                {
                    count++;
                    await stop.CancelAsync();
                }
            },
            Token);
        await watch.WaitAsync(Patience.Limit, TimeProvider.System, Token);

        count.Should().Be(1);
    }

    [Fact]
    public async Task AwaitVoteAsync_ATowerIsSaved_Ends()
    {
        Save(NodeSide.Source, Towers[0]);
        var awaited = Transport.AwaitVoteAsync(TimeSpan.FromSeconds(25), sinceLastWait: false, Token);

        // The wait begins some time after the call. Save towers, as a validator does, until it has ended.
        var saved = 0;
        using var timer = TimeProvider.System.CreateTimer(_ => Save(NodeSide.Source, Towers[++saved % Towers.Count]), null, TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(50));

        (await awaited.WaitAsync(Patience.Limit, TimeProvider.System, Token)).IsDone.Should().BeTrue();
    }

    [Fact]
    public async Task AwaitVoteAsync_NothingIsSaved_EndsAfterTheSilenceAsASuccess()
    {
        Save(NodeSide.Source, Towers[0]);

        (await Transport.AwaitVoteAsync(TimeSpan.FromMilliseconds(100), sinceLastWait: false, Token).WaitAsync(Patience.Limit, TimeProvider.System, Token)).IsDone.Should().BeTrue();
    }

    [Fact]
    public async Task AwaitVoteAsync_SinceLastWait_DoesNotWaitForMoreThanTheVoteThatCameBetween()
    {
        Save(NodeSide.Source, Towers[0]);
        await Transport.AwaitVoteAsync(TimeSpan.Zero, sinceLastWait: false, Token);
        Save(NodeSide.Source, Towers[1]);

        var again = Transport.AwaitVoteAsync(Patience.Of(25), sinceLastWait: true, Token);

        (await again.WaitAsync(Patience.Of(15), TimeProvider.System, Token)).IsDone.Should().BeTrue();
    }

    [Fact]
    public async Task EveryCall_CancelledBefore_DoesNothing()
    {
        Save(NodeSide.Target, Towers[0]);

        (await Transport.DeliverAsync(Towers[1], trial: false, Cancelled)).IsDone.Should().BeFalse();
        (await Transport.MoveAsideAsync(NodeSide.Target, Cancelled)).IsDone.Should().BeFalse();
        (await Transport.ReadAsync(NodeSide.Target, TimeSpan.Zero, Cancelled)).IsDone.Should().BeFalse();

        Saved(NodeSide.Target).Should().Equal(Towers[0].Bytes.ToArray());
    }
}
