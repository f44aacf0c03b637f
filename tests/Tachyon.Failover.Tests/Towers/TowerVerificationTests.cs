using System.Collections.Concurrent;
using CsCheck;
using FluentAssertions;
using Tachyon.Failover.Testing.Keypairs;
using Tachyon.Failover.Testing.Towers;
using Tachyon.Failover.Towers;
using Xunit;

namespace Tachyon.Failover.Tests.Towers;

public sealed class TowerVerificationTests
{
    private static readonly Pubkey Staked = VoteStack.Keypair.Pubkey;

    [Theory]
    [MemberData(nameof(GoldenTowers.Names), MemberType = typeof(GoldenTowers))]
    public void Check_Golden_IsUsable(string name)
    {
        var verdict = TowerVerification.Check(new TowerFile(GoldenTowers.Bytes(name)), GoldenTowers.Identity(name));

        verdict.IsUsable.Should().BeTrue(verdict.ToString());
        verdict.Tower!.Node.Should().Be(GoldenTowers.Identity(name));
        verdict.Problem.Should().BeNull();
        verdict.Reason.Should().BeNull();
    }

    [Fact]
    public void Check_AnyBitFlipped_IsRefusedWithAReason()
    {
        var golden = GoldenTowers.Bytes(GoldenTowers.Full);
        var staked = GoldenTowers.Identity(GoldenTowers.Full);
        var problems = new ConcurrentDictionary<TowerProblem, int>();
        var accepted = new ConcurrentBag<int>();

        Parallel.For(0, golden.Length * 8, bit =>
        {
            var bytes = golden.AsSpan().ToArray();
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            var verdict = TowerVerification.Check(new TowerFile(bytes), staked);
            if (verdict.IsUsable || string.IsNullOrWhiteSpace(verdict.Reason))
            {
                accepted.Add(bit);
                return;
            }

            problems.AddOrUpdate(verdict.Problem.Value, 1, (_, n) => n + 1);
        });

        accepted.Should().BeEmpty();
        problems.Values.Sum().Should().Be(2319 * 8);
        problems[TowerProblem.OtherIdentity].Should().Be(32 * 8, "these are the bits of the node");
        problems.Keys.Should().BeEquivalentTo([TowerProblem.Malformed, TowerProblem.OtherIdentity, TowerProblem.InvalidSignature]);
    }

    [Fact]
    public void Check_BytesInsertedRemovedOrReplaced_IsRefused() =>
        Gen.Select(Gen.Int[0, 1898], Gen.Int[0, 8], Gen.Byte.Array[0, 8]).Sample(
            (at, removed, inserted) =>
            {
                var bytes = VoteStack.Of([1, 2, 3]).File().Bytes.ToArray();
                at = Math.Min(at, bytes.Length - removed);
                byte[] changed = [.. bytes[..at], .. inserted, .. bytes[(at + removed)..]];
                return changed.AsSpan().SequenceEqual(bytes) || !TowerVerification.Check(new TowerFile(changed), Staked).IsUsable;
            },
            iter: 500);

    [Fact]
    public void Check_AnyBytes_NeverThrows() =>
        Gen.Byte.Array[0, 400].Sample(bytes => TowerVerification.Check(new TowerFile(bytes), Staked).Problem == TowerProblem.Malformed, iter: 500);

    [Fact]
    public void Check_OtherIdentity_IsRefused()
    {
        var verdict = TowerVerification.Check(new TowerFile(GoldenTowers.Bytes(GoldenTowers.Other)), GoldenTowers.Identity(GoldenTowers.Full));

        verdict.IsUsable.Should().BeFalse();
        verdict.Tower.Should().BeNull();
        verdict.Problem.Should().Be(TowerProblem.OtherIdentity);
        verdict.Reason.Should().Contain("3ZoTKAgigzSsb8egYi1VS7YZQ59KDk2HkrpMmY7QggwM").And.Contain("AykuShNXpnPj3zE7hs5dyYVequ4CWBHnr7Fe6NZbSWJq");
    }

    [Fact]
    public void Check_SignedByAnother_IsRefused()
    {
        var file = TowerWriter.Write(VoteStack.Of([1, 2, 3]).Contents(), ValidatorKeypair.Generate(1, "unstaked"));

        TowerVerification.Check(file, Staked).Problem.Should().Be(TowerProblem.InvalidSignature);
    }

    [Fact]
    public void Check_NodeIsNoPointOfTheCurve_IsRefused()
    {
        var node = new Pubkey(Enumerable.Repeat((byte)0xff, 32).ToArray());
        var file = TowerWriter.Write(VoteStack.Of([1]).Contents() with { Node = node }, VoteStack.Keypair);

        TowerVerification.Check(file, node).Problem.Should().Be(TowerProblem.InvalidSignature);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(7UL)]
    public void Check_NoVotes_IsRefused(ulong? root) =>
        TowerVerification.Check(new VoteStack(root).File(), Staked).Problem.Should().Be(TowerProblem.NoVotes);

    [Fact]
    public void Check_NotATower_GivesTheDecodersReason()
    {
        var verdict = TowerVerification.Check(new TowerFile("not a tower"u8), Staked);

        verdict.Problem.Should().Be(TowerProblem.Malformed);
        verdict.Reason.Should().Be("Not a tower: the variant is 544501614, not 1 (byte 0).");
        verdict.ToString().Should().Be(verdict.Reason);
    }

    [Theory]
    [InlineData(0UL, null)]
    [InlineData(4700UL, null)]
    [InlineData(4760UL, null)]
    [InlineData(4790UL, null)]
    [InlineData(4791UL, null)]
    [InlineData(4792UL, nameof(TowerProblem.OlderThanChain))]
    public void CheckAge_AgainstTheChain_RefusesWhatIsOlder(ulong landed, string? problem)
    {
        var file = GoldenTowers.Load(GoldenTowers.Full).File;

        (TowerVerification.Check(file, GoldenTowers.Identity(GoldenTowers.Full), landed, held: null).Problem?.ToString()).Should().Be(problem);
    }

    [Theory]
    [InlineData(9UL, null)]
    [InlineData(10UL, nameof(TowerProblem.ContradictsChain))]
    [InlineData(11UL, null)]
    [InlineData(12UL, null)]
    [InlineData(13UL, nameof(TowerProblem.ContradictsChain))]
    [InlineData(15UL, null)]
    public void CheckAge_LandedVoteNotHeld_IsRefusedWhileItBinds(ulong landed, string? problem)
    {
        // Slot 12 expired before 15. 10 is missing though 11 is within its lockout, and so are 13 and 14 at 15.
        var file = VoteStack.Of([8, 9, 11, 12, 15]).File();

        (TowerVerification.Check(file, Staked, landed, held: null).Problem?.ToString()).Should().Be(problem);
    }

    [Fact]
    public void CheckAge_NothingLandedAndNothingRooted_IsUsable() =>
        TowerVerification.Check(VoteStack.Of([1]).File(), Staked, lastLandedVote: 0, held: null).IsUsable.Should().BeTrue();

    [Fact]
    public void CheckAge_OwnVotesLanded_AreNeverRefused() =>
        VoteStack.Steps.Sample(
            steps =>
            {
                var slots = Slots(steps);
                var file = VoteStack.Of(slots).File();
                var landed = slots[(int)((uint)steps[0] * 7919 % (uint)slots.Count)];
                return TowerVerification.Check(file, Staked, landed, held: null).IsUsable;
            },
            iter: 300);

    [Theory]
    [InlineData(2, null)]
    [InlineData(3, null)]
    [InlineData(4, nameof(TowerProblem.OlderThanHeld))]
    public void CheckAge_AgainstWhatTheNodeHas_RefusesWhatIsOlder(int held, string? problem)
    {
        var towers = GoldenTowers.Consecutive;

        (TowerVerification.Check(towers[3].File, towers[3].Node, 0, towers[held]).Problem?.ToString()).Should().Be(problem);
    }

    [Fact]
    public void CheckAge_NodeHasVotesThatItForgets_IsRefused()
    {
        var held = VoteStack.Of([1, 2, 3, 4]).Tower();
        var file = VoteStack.Of([1, 2, 3, 5]).File();

        var verdict = TowerVerification.Check(file, Staked, 3, held);

        verdict.Problem.Should().Be(TowerProblem.DivergesFromHeld);
        verdict.Reason.Should().Contain("last vote 5").And.Contain("last vote 4");
    }

    [Fact]
    public void CheckAge_HeldIsOfAnotherIdentity_Throws()
    {
        var check = () => TowerVerification.Check(VoteStack.Of([1]).File(), Staked, 0, GoldenTowers.Load(GoldenTowers.Other));

        check.Should().Throw<ArgumentException>().WithParameterName("held");
    }

    private static List<ulong> Slots(int[] steps)
    {
        var slots = new List<ulong>();
        var slot = 100UL;
        foreach (var step in steps)
        {
            slots.Add(slot += (ulong)step);
        }

        return slots;
    }
}
