using FluentAssertions;
using Tachyon.Failover.Nodes;
using Tachyon.Failover.Towers;
using Xunit;

namespace Tachyon.Failover.Contracts;

/// <summary>The rules for every <see cref="ITowerCopyStore"/>. Derive one class for each implementation.</summary>
public abstract class TowerCopyStoreContract
{
    protected abstract ITowerCopyStore Store { get; }

    /// <summary>Another watch's store on the same node.</summary>
    protected abstract ITowerCopyStore OtherStore { get; }

    /// <summary>A store on a node that cannot be reached.</summary>
    protected abstract ITowerCopyStore UnreachableStore { get; }

    /// <summary>At least three towers of one identity, oldest first. The store does not read their content.</summary>
    protected abstract IReadOnlyList<TowerFile> Towers { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ReadAsync_NothingWasKept_SaysSo() => (await Store.ReadAsync(Token)).Call.Failure.Should().Be(CallFailure.TowerMissing);

    [Fact]
    public async Task StoreAsync_OneAfterTheOther_EachIsKeptInPlaceOfTheOneBefore()
    {
        foreach (var tower in Towers)
        {
            (await Store.StoreAsync(tower, Token)).IsDone.Should().BeTrue();

            (await Store.ReadAsync(Token)).Value.Should().Be(tower);
        }
    }

    [Fact]
    public async Task StoreAsync_Twice_IsASuccess()
    {
        await Store.StoreAsync(Towers[0], Token);

        (await Store.StoreAsync(Towers[0], Token)).IsDone.Should().BeTrue();
        (await Store.ReadAsync(Token)).Value.Should().Be(Towers[0]);
    }

    [Fact]
    public async Task StoreAsync_BytesThatAreNoTower_AreCarriedAsTheyAre()
    {
        var bytes = new TowerFile("no tower"u8.ToArray());

        (await Store.StoreAsync(bytes, Token)).IsDone.Should().BeTrue();

        (await Store.ReadAsync(Token)).Value.Should().Be(bytes);
    }

    [Fact]
    public async Task StoreAsync_NoTowerInPlace_NothingThatAValidatorWouldTake()
    {
        await Store.StoreAsync(Towers[0], Token);

        Real().Should().BeNull();
    }

    [Fact]
    public async Task StoreAsync_ATowerInPlace_IsNotTouched()
    {
        PlaceReal(Towers[0]);

        await Store.StoreAsync(Towers[1], Token);

        Real().Should().Equal(Towers[0].Bytes.ToArray());
        (await Store.ReadAsync(Token)).Value.Should().Be(Towers[1]);
    }

    [Fact]
    public async Task ReadAsync_ATowerInPlace_IsNotTheTowerCopy()
    {
        PlaceReal(Towers[0]);

        (await Store.ReadAsync(Token)).Call.Failure.Should().Be(CallFailure.TowerMissing);
    }

    [Fact]
    public async Task ReadAsync_KeptByAnotherWatch_IsRead()
    {
        await OtherStore.StoreAsync(Towers[1], Token);

        (await Store.ReadAsync(Token)).Value.Should().Be(Towers[1]);
    }

    [Fact]
    public async Task ReadAsync_WhileTwoWatchesKeepTheirs_IsOneOfThemWhole()
    {
        await Store.StoreAsync(Towers[0], Token);

        var stores = Enumerable.Range(0, 12).Select(number => (number % 2 == 0 ? Store : OtherStore).StoreAsync(Towers[number % 3], Token)).ToArray();
        for (var i = 0; i < 6; i++)
        {
            Towers.Should().Contain((await OtherStore.ReadAsync(Token)).Value!);
        }

        (await Task.WhenAll(stores)).Should().OnlyContain(store => store.IsDone);
    }

    [Fact]
    public async Task StoreAndRead_NodeCannotBeReached_AreNotDone()
    {
        (await UnreachableStore.StoreAsync(Towers[0], Token)).Outcome.Should().Be(CallOutcome.NotDone);
        (await UnreachableStore.ReadAsync(Token)).Call.Outcome.Should().Be(CallOutcome.NotDone);
    }

    [Fact]
    public async Task StoreAsync_CancelledBefore_IsNotDoneAndKeepsWhatWasThere()
    {
        await Store.StoreAsync(Towers[0], Token);

        var result = await Store.StoreAsync(Towers[1], new CancellationToken(canceled: true));

        (result.Outcome, result.Failure).Should().Be((CallOutcome.NotDone, CallFailure.Canceled));
        (await Store.ReadAsync(Token)).Value.Should().Be(Towers[0]);
    }

    /// <summary>The tower that a validator on the node would take, read without the store; null if there is none.</summary>
    protected abstract byte[]? Real();

    /// <summary>Puts a tower in the place where a validator takes it.</summary>
    protected abstract void PlaceReal(TowerFile tower);
}
