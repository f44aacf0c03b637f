using CsCheck;
using FluentAssertions;
using Tachyon.Failover.Testing.Keypairs;
using Tachyon.Failover.Testing.Towers;
using Tachyon.Failover.Towers;
using Xunit;

namespace Tachyon.Failover.Tests.Towers;

public sealed class TowerWriterTests
{
    [Theory]
    [MemberData(nameof(GoldenTowers.Names), MemberType = typeof(GoldenTowers))]
    public void EncodeData_DecodedGolden_GivesItsBytes(string name)
    {
        var golden = GoldenTowers.Bytes(name);

        var data = TowerWriter.EncodeData(ContentsOf(GoldenTowers.Load(name)));

        data.Should().Equal(golden[76..]);
        var file = TowerWriter.Sign(data, VoteStack.Keypair).Bytes.ToArray();
        file[..4].Should().Equal(golden[..4]);
        file[68..].Should().Equal(golden[68..], "all but the signature is the same");
    }

    [Fact]
    public void Write_AnyVotes_DecodeToThemselves() =>
        Gen.Select(
            VoteStack.Steps,
            Gen.ULong[0, ulong.MaxValue / 2],
            Gen.Bool,
            Gen.Byte.Array[32],
            Gen.Long.Nullable(),
            Gen.ULong)
        .Sample(
            (steps, start, rooted, hash, seconds, timestampSlot) =>
            {
                var stack = new VoteStack(rooted ? start : null);
                foreach (var step in steps)
                {
                    stack.Vote(start += (ulong)step);
                }

                var contents = stack.Contents() with
                {
                    AuthorizedWithdrawer = new Pubkey(hash),
                    LastVoteHash = hash,
                    LastVoteUnixSeconds = seconds,
                    LastVoteBlockId = hash.Reverse().ToArray(),
                    LastTimestamp = (timestampSlot, seconds ?? -1),
                };

                var tower = Tower.Decode(TowerWriter.Write(contents, VoteStack.Keypair));

                tower.IsSignatureValid().Should().BeTrue();
                var decoded = ContentsOf(tower);
                decoded.Votes.Should().Equal(contents.Votes);
                decoded.LastVoteHash.ToArray().Should().Equal(contents.LastVoteHash.ToArray());
                decoded.LastVoteBlockId.ToArray().Should().Equal(contents.LastVoteBlockId.ToArray());

                // Collections and memory do not compare by content, so the rest is compared with them made equal.
                (decoded with { Votes = contents.Votes, LastVoteHash = contents.LastVoteHash, LastVoteBlockId = contents.LastVoteBlockId })
                    .Should().Be(contents);
            },
            iter: 200);

    [Fact]
    public void Write_SameContents_GivesSameFile()
    {
        var contents = VoteStack.Of([1, 2, 3]).Contents();

        TowerWriter.Write(contents, VoteStack.Keypair).Digest.Should().Be(TowerWriter.Write(contents, VoteStack.Keypair).Digest);
        TowerWriter.Write(contents, VoteStack.Keypair).Digest.Should().NotBe(TowerWriter.Write(contents, ValidatorKeypair.Generate(2, "staked")).Digest);
    }

    [Fact]
    public void EncodeData_ContentsWithoutCompactForm_Throws()
    {
        var contents = VoteStack.Of([5, 6]).Contents();
        TowerContents[] impossible =
        [
            contents with { Root = 6 },
            contents with { Votes = [new(6, 2), new(5, 1)] },
            contents with { Votes = [new(6, 256)] },
            contents with { Votes = [.. Enumerable.Range(0, 128).Select(i => new TowerVote((ulong)i, 1))] },
            contents with { LastVoteHash = new byte[31] },
        ];

        foreach (var each in impossible)
        {
            var encode = () => TowerWriter.EncodeData(each);
            encode.Should().Throw<ArgumentException>(each.ToString());
        }
    }

    private static TowerContents ContentsOf(Tower tower) => new()
    {
        Node = tower.Node,
        Votes = tower.Votes,
        Root = tower.Root,
        AuthorizedWithdrawer = tower.AuthorizedWithdrawer,
        LastVoteHash = tower.LastVote.Hash,
        LastVoteUnixSeconds = tower.LastVote.UnixSeconds,
        LastVoteBlockId = tower.LastVote.BlockId,
        LastTimestamp = tower.LastTimestamp,
    };
}
