using FluentAssertions;
using Tachyon.Failover.Testing.Keypairs;
using Tachyon.Failover.Testing.Towers;
using Tachyon.Failover.Tests.Towers;
using Tachyon.Failover.Towers;
using Xunit;

namespace Tachyon.Failover.Tests.Monitoring;

/// <summary>The kept towers of the active node.</summary>
public sealed class TowerCopyTests : IDisposable
{
    private readonly WatchScene _scene = new();

    public void Dispose() => _scene.Dispose();

    [Fact]
    public void Feed_NewerTowers_AreKeptAndStaged()
    {
        var copy = _scene.Start().TowerCopy!;
        _scene.Towers.Save(Tower(10_000));
        _scene.Towers.Save(Tower(10_001));

        copy.NewestSlot.Should().Be(10_001);
        copy.StoredSlot.Should().Be(10_001);
        _scene.Towers.Kept.Should().Be(Tower(10_001)).And.Be(copy.Newest);
    }

    [Fact]
    public void Feed_CorruptForeignUnsignedOrOlderTower_IsNeverKept()
    {
        var copy = _scene.Start().TowerCopy!;
        var newest = Tower(10_005);
        _scene.Towers.Save(newest);

        var corrupt = Tower(10_009).Bytes.ToArray();
        corrupt[300] ^= 1;
        _scene.Towers.Save(new TowerFile(corrupt));
        _scene.Towers.Save(new TowerFile(corrupt.AsSpan(0, 500)));
        _scene.Towers.Save(new TowerFile([]));
        _scene.Towers.Save(new TowerFile(GoldenTowers.Bytes(GoldenTowers.Full)));
        _scene.Towers.Save(TowerWriter.Write(VoteStack.Of([10_009]).Contents(), ValidatorKeypair.Generate(1, "unstaked")));
        _scene.Towers.Save(Tower(10_004));
        _scene.Towers.Save(newest);

        copy.Newest.Should().Be(newest);
        _scene.Towers.Stored.Should().Equal(newest);
    }

    [Fact]
    public void Feed_EndsOrBreaks_IsBegunAgainAfterAPause()
    {
        var copy = _scene.Start().TowerCopy!;
        _scene.Towers.Save(Tower(10_000));
        _scene.Towers.EndFeed();
        _scene.Towers.Feeds.Should().Be(1, "a node that is gone is not asked in a loop");
        _scene.Pass(1.1);
        _scene.Towers.EndFeed(new IOException("connection reset"));
        _scene.Pass(1.1);
        _scene.Towers.EndFeed(new InvalidOperationException("unexpected"));
        _scene.Pass(1.1);

        _scene.Towers.Save(Tower(10_001));

        _scene.Towers.Feeds.Should().Be(4);
        copy.NewestSlot.Should().Be(10_001);
    }

    [Fact]
    public void Store_TakesLong_SkipsWhatCameMeanwhileAndEndsWithTheNewest()
    {
        _scene.Towers.Hold();
        var copy = _scene.Start().TowerCopy!;
        _scene.Towers.Save(Tower(10_000));
        _scene.Towers.Save(Tower(10_001));
        _scene.Towers.Save(Tower(10_002));
        copy.StoredSlot.Should().BeNull();

        _scene.Towers.LetGo();

        _scene.Towers.Stored.Should().Equal(Tower(10_000), Tower(10_002));
        copy.StoredSlot.Should().Be(10_002);
    }

    [Theory]
    [InlineData(ScriptedAnswer.Refused)]
    [InlineData(ScriptedAnswer.Throws)]
    public void Store_Fails_IsTriedAgainWithTheNext(ScriptedAnswer answer)
    {
        var copy = _scene.Start().TowerCopy!;
        _scene.Towers.Save(Tower(10_000));
        _scene.Towers.Answer = answer;
        _scene.Towers.Save(Tower(10_001));
        (copy.NewestSlot, copy.StoredSlot).Should().Be((10_001, 10_000));

        _scene.Towers.Answer = ScriptedAnswer.Comes;
        _scene.Towers.Save(Tower(10_002));

        copy.StoredSlot.Should().Be(10_002);
    }

    [Fact]
    public void Start_StoreHoldsANewerOne_KeepsItAndDoesNotOverwriteIt()
    {
        _scene.Towers.Kept = Tower(10_050);
        var copy = _scene.Start().TowerCopy!;
        copy.NewestSlot.Should().Be(10_050, "what another watch has kept is not lost with it");

        _scene.Towers.Save(Tower(10_020));

        _scene.Towers.Kept.Should().Be(Tower(10_050));
        (copy.NewestSlot, copy.StoredSlot).Should().Be((10_050, 10_050));
    }

    [Fact]
    public void Start_StoreCannotBeRead_IsNotWrittenToBefore()
    {
        _scene.Towers.Kept = Tower(10_050);
        _scene.Towers.Answer = ScriptedAnswer.Refused;
        var copy = _scene.Start().TowerCopy!;
        _scene.Towers.Save(Tower(10_020));
        copy.NewestSlot.Should().Be(10_020);

        _scene.Towers.Answer = ScriptedAnswer.Comes;
        _scene.Towers.Save(Tower(10_021));

        _scene.Towers.Kept.Should().Be(Tower(10_050));
        copy.NewestSlot.Should().Be(10_050);
    }

    [Fact]
    public void Start_StoreHoldsADamagedOne_IsReplaced()
    {
        _scene.Towers.Kept = new TowerFile([1, 2, 3]);
        var copy = _scene.Start().TowerCopy!;
        copy.Newest.Should().BeNull();

        _scene.Towers.Save(Tower(10_000));

        _scene.Towers.Kept.Should().Be(Tower(10_000));
    }

    [Fact]
    public void AgeInSlots_ByTheNewestWitness_GrowsWhenTheFeedEnds()
    {
        var copy = _scene.Start().TowerCopy!;
        copy.AgeInSlots.Should().BeNull();
        _scene.Towers.Save(Tower(_scene.Chain.Slot));
        _scene.Pass(1.1);
        copy.AgeInSlots.Should().BeLessThan(4);

        _scene.Towers.EndFeed();
        _scene.Pass(40);

        copy.AgeInSlots.Should().BeInRange(95, 105);
        _scene.Verdicts[^1].Details!.Should().Match<MonitorDetails>(report => report.ShellAnswers == false && report.TowerCopyAgeInSlots > 90 && report.StoredSlot == report.TowerCopySlot);
    }

    [Fact]
    public void Watch_WithoutATowerCopy_ListensToNothing()
    {
        _scene.Options = new MonitorOptions { KeepsTowerCopy = false };
        _scene.Start().TowerCopy.Should().BeNull();
        _scene.Pass(5);

        _scene.Towers.Feeds.Should().Be(0);
    }

    private static TowerFile Tower(ulong slot) => VoteStack.Of([slot - 2, slot - 1, slot]).File();
}
