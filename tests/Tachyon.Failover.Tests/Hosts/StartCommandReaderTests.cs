using FluentAssertions;
using Tachyon.Failover.Nodes;
using Xunit;

namespace Tachyon.Failover.Tests.Hosts;

/// <summary>The reading of what the inspecting script prints for one process.</summary>
public sealed class StartCommandReaderTests
{
    private const string Numbers = "1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31,32";
    private static readonly Pubkey Key = new([.. Enumerable.Range(1, 32).Select(number => (byte)number)]);

    [Fact]
    public void Take_KeyOfAFile_IsThatOfEveryVoterInTheFileAndOfNoOther()
    {
        var found = Read("voter same /a b.json", "voter other /c.json", "voter same /a b.json", $"key {Numbers} /a b.json");

        found.AuthorizedVoters.Select(voter => voter.Key).Should().Equal(Key, null, Key);
        found.VoteAccount.Should().BeNull();
    }

    [Fact]
    public void Take_KeyOfTheVoteAccountsFile_IsItsAddress() =>
        Read("vote-account other vote.json", $"key {Numbers} vote.json").VoteAccount!.Key.Should().Be(Key);

    /// <summary>A file with other numbers is no keypair.</summary>
    [Fact]
    public void Take_NumbersOfNoKey_LeaveItUnknown() =>
        Read("voter same /a.json", "key 1,2,3 /a.json").AuthorizedVoters.Should().ContainSingle().Which.Key.Should().BeNull();

    private static StartCommand Read(params string[] lines)
    {
        var reader = new StartCommandReader("12 1");
        foreach (var line in (string[])["identity same /identity.json", "ledger same /ledger", .. lines])
        {
            var (word, value) = NodeInspectionReader.Halves(line);
            reader.Take(word, value);
        }

        return StartCommandReader.Validators([reader], towersAreInLedger: true).Single();
    }
}
