using System.Buffers.Binary;
using FluentAssertions;
using Tachyon.Failover.Testing.Towers;
using Tachyon.Failover.Towers;
using Xunit;

namespace Tachyon.Failover.Tests.Towers;

public sealed class TowerDecodeTests
{
    [Theory]
    [MemberData(nameof(GoldenTowers.Names), MemberType = typeof(GoldenTowers))]
    public void Decode_Golden_HasIdentityOfItsNameAndValidSignature(string name)
    {
        var tower = GoldenTowers.Load(name);

        tower.Node.Should().Be(GoldenTowers.Identity(name));
        tower.IsSignatureValid().Should().BeTrue();
        tower.File.Bytes.ToArray().Should().Equal(GoldenTowers.Bytes(name));
    }

    [Theory]
    [InlineData("young-1votes-slot1-", 1, 0, 1, 1795411318)]
    [InlineData("young-7votes-slot7-", 7, 0, 1, 1795411323)]
    [InlineData("young-30votes-slot30-", 30, 0, 1, 1795411329)]
    [InlineData("young-31votes-slot31-", 31, 0, 1, 1795411329)]
    [InlineData("0-slot4787-", 31, 4756, 4757, 1795409302)]
    [InlineData("4-slot4791-", 31, 4760, 4761, 1795409304)]
    [InlineData("other-", 31, 4687, 4688, 1795409271)]
    public void Decode_Golden_HoldsTheRecordedVotes(string prefix, int votes, ulong root, ulong oldest, long time)
    {
        var tower = GoldenTowers.Load(GoldenTowers.Names.Select(n => n.Data).Single(n => n.StartsWith(prefix, StringComparison.Ordinal)));

        // No slot was missed during the recording: every slot has its vote, and each stands on all before it.
        tower.Votes.Should().Equal(Enumerable.Range(0, votes).Select(i => new TowerVote(oldest + (ulong)i, votes - i)));
        tower.Root.Should().Be(root);
        tower.LastVotedSlot.Should().Be(oldest + (ulong)votes - 1);
        tower.LastVote.UnixSeconds.Should().Be(time);
        tower.LastTimestamp.Should().Be((tower.LastVotedSlot!.Value - 1, time));
        tower.AuthorizedWithdrawer.Bytes.ToArray().Should().OnlyContain(b => b == 0);
    }

    [Fact]
    public void Decode_ConsecutiveGoldens_EndWithTheSlotsOfTheirNames()
    {
        GoldenTowers.Consecutive.Select(t => t.LastVotedSlot).Should().Equal(4787, 4788, 4789, 4790, 4791);
        GoldenTowers.Consecutive.Select(t => Convert.ToHexString(t.LastVote.Hash.Span)).Should().OnlyHaveUniqueItems();
        GoldenTowers.Consecutive.Select(t => Convert.ToHexString(t.LastVote.BlockId.Span)).Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public void Decode_BlockIdUnknownToTheValidator_IsZeros() =>
        GoldenTowers.Load(GoldenTowers.Other).LastVote.BlockId.ToArray().Should().Equal(new byte[32]);

    [Theory]
    [InlineData(GoldenTowers.Full)]
    [InlineData(GoldenTowers.Young7)]
    public void Decode_TruncatedAnywhere_Throws(string name)
    {
        var bytes = GoldenTowers.Bytes(name);
        for (var length = 0; length < bytes.Length; length++)
        {
            // Once as a truncated copy, once with a matching length, so that the fields themselves are reached.
            var file = bytes[..length];
            Problem(file).Offset.Should().BeLessThanOrEqualTo(length);
            if (length >= 76)
            {
                BinaryPrimitives.WriteUInt64LittleEndian(file.AsSpan(68), (ulong)length - 76);
                Problem(file).Message.Should().Contain("the file ends");
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Decode_TrailingBytes_Throws(ulong lengthMoreBy)
    {
        byte[] bytes = [.. GoldenTowers.Bytes(GoldenTowers.Full), 0];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(68), (ulong)bytes.Length - 77 + lengthMoreBy);

        Problem(bytes).Offset.Should().Be(lengthMoreBy == 0 ? 68 : 2319);
    }

    // Every case changes one byte of a full tower.
    [Theory]
    [InlineData(0, 0, 0, "variant is 0")]
    [InlineData(0, 2, 0, "variant is 2")]
    [InlineData(75, 0x80, 68, "length of the data")]
    [InlineData(108, 32, 108, "threshold depth")]
    [InlineData(123, 0xbf, 116, "threshold size")]
    [InlineData(123, 0x7f, 116, "threshold size")]
    [InlineData(122, 0xf5, 116, "threshold size")]
    [InlineData(189, 32, 189, "count of votes is 32, and at most 31")]
    [InlineData(189, 30, 569 - 12, "the flag of the root is")]
    [InlineData(196, 1, 189, "count of votes")]
    [InlineData(205, 32, 197, "has 32 confirmations")]
    [InlineData(205, 0, 197, "has 0 confirmations")]
    [InlineData(217, 31, 209, "has 31 confirmations, the one below it 31")]
    [InlineData(209, 0x99, 209, "stands on a vote for slot 4761")]
    [InlineData(558, 0xba, 557, "expired")]
    [InlineData(569, 2, 569, "flag of the root is 2")]
    [InlineData(570, 0x99, 570, "the oldest vote is for slot 4761")]
    [InlineData(570, 0x97, 2159, "the last vote has root 4760, the tower 4759")]
    [InlineData(578, 255, 2319, "count of authorized voters")]
    [InlineData(1000, 1, 1000, "prior voters")]
    [InlineData(2122, 32, 2122, "index of the prior voters is 32")]
    [InlineData(2130, 2, 2130, "flag of the prior voters is 2")]
    [InlineData(2131, 65, 2131, "epoch credits is 65, and at most 64")]
    [InlineData(2155, 0, 2155, "variant 0, not 3")]
    [InlineData(2159, 0, 2159, "the last vote has root")]
    [InlineData(2167, 30, 2167, "30 slots, the tower 31 votes")]
    [InlineData(2167, 0x9f, 2167, "shortest form (0x9f)")]
    [InlineData(2168, 2, 2168, "differs from the tower's vote for slot 4761")]
    [InlineData(2169, 30, 2168, "differs from the tower's vote for slot 4761")]
    [InlineData(2262, 2, 2262, "flag of the last vote's time is 2")]
    [InlineData(2262, 0, 2311, "8 bytes follow the end")]
    public void Decode_OneFieldWrong_SaysWhereAndWhy(int offset, byte value, int where, string why)
    {
        var bytes = GoldenTowers.Bytes(GoldenTowers.Full);
        bytes[offset] = value;

        var problem = Problem(bytes);

        problem.Message.Should().Contain(why).And.Contain($"byte {problem.Offset}");
        problem.Offset.Should().Be(where);
    }

    [Theory]
    [InlineData("8100", "shortest form")]
    [InlineData("80", "shortest form")]
    [InlineData("ffffffffffffffffff02", "64 bits")]
    [InlineData("ffffffffffffffffffff01", "64 bits")]
    [InlineData("ffffffffffffffffff01", "differs")]
    public void Decode_SlotOffsetInAnotherForm_Throws(string offset, string why)
    {
        var bytes = GoldenTowers.Bytes(GoldenTowers.Full);
        byte[] longer = [.. bytes[..2168], .. Convert.FromHexString(offset), .. offset == "80" ? [0] : bytes[2169..2170], .. bytes[2170..]];
        BinaryPrimitives.WriteUInt64LittleEndian(longer.AsSpan(68), (ulong)longer.Length - 76);

        Problem(longer).Message.Should().Contain(why).And.Contain("byte 2168");
    }

    [Fact]
    public void Decode_TowerOfAnOlderValidator_SkipsVotersAndCredits()
    {
        // Before 2.2 the whole vote state was saved: its node, the withdrawer, authorized and prior voters, credits.
        var contents = VoteStack.Of([5, 6, 7]).Contents() with { AuthorizedWithdrawer = GoldenTowers.Identity(GoldenTowers.Other) };
        var data = TowerWriter.EncodeData(contents);
        const int VoteStateNode = 48;
        const int Voters = 113 + 8 + (3 * 12) + 1;
        const int Credits = Voters + 8 + (32 * 48) + 8 + 1;
        data.AsSpan(VoteStateNode, 32).Fill(7);
        data.AsSpan(Voters + 8, 48).Fill(8);
        data[Voters] = 2;
        data[Credits - 9] = 0;
        data[Credits - 1] = 0;
        data[Credits] = 64;
        byte[] older = [.. data[..(Voters + 8)], .. new byte[2 * 40], .. data[(Voters + 8)..(Credits + 8)], .. new byte[64 * 24], .. data[(Credits + 8)..]];

        var tower = Tower.Decode(TowerWriter.Sign(older, VoteStack.Keypair));

        tower.IsSignatureValid().Should().BeTrue();
        tower.Votes.Should().Equal(contents.Votes);
        tower.AuthorizedWithdrawer.Should().Be(GoldenTowers.Identity(GoldenTowers.Other));
    }

    [Fact]
    public void Decode_VoteForTheFirstSlotOfAll_StandsOnRootZero()
    {
        var contents = VoteStack.Of([0, 1]).Contents() with { Root = 0 };

        Tower.Decode(TowerWriter.Write(contents, VoteStack.Keypair)).Votes.Should().Equal(new TowerVote(0, 2), new TowerVote(1, 1));
    }

    [Fact]
    public void Decode_Null_Throws()
    {
        var decode = () => Tower.Decode(null!);
        decode.Should().Throw<ArgumentNullException>();
    }

    private static TowerFormatException Problem(byte[] bytes)
    {
        var decode = () => Tower.Decode(new TowerFile(bytes));
        return decode.Should().Throw<TowerFormatException>().Which;
    }
}
