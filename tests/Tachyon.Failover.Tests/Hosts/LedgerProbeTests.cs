using FluentAssertions;
using Tachyon.Failover.Nodes;
using Xunit;

namespace Tachyon.Failover.Tests.Hosts;

/// <summary>The reading of the looking script's output: each failure of the look, and the traces of a validator, or of something similar.</summary>
public sealed class LedgerProbeTests
{
    private const string Seen = "processes\nall-processes\n";
    private const string Searchable = "searchable\n";
    private const string Validator = "process 12 1\nidentity same /home/sol/identity.json\nledger same /mnt/ledger\n";
    private const string None = "asked 1\nerror: admin.rpc does not exist\n";

    private static readonly ValidatorNodeSettings Settings = new()
    {
        Name = "a",
        Ledger = "/mnt/ledger",
        IdentityLink = "/home/sol/identity.json",
        StakedKeypair = "/home/sol/staked.json",
        UnstakedKeypair = "/home/sol/unstaked.json",
    };

    [Fact]
    public void Traces_NoProcessAndNobodyOnTheSocket_NoneRuns() => Runs(Seen + Searchable + None).Should().BeFalse();

    [Fact]
    public void Traces_SocketThatAKilledOneLeft_NoneRuns() =>
        Runs(Seen + Searchable + "socket 1700000000000000000\nasked 1\nerror: Connection refused (os error 111)\n").Should().BeFalse();

    /// <summary>Permission, wrong path, missing file, timeout, refused: none of them proves that no validator runs.</summary>
    [Theory]
    [InlineData(Seen + None)]
    [InlineData(Searchable + None)]
    [InlineData("processes\n" + Searchable + None)]
    [InlineData(Seen + Searchable + "asked 1\nerror: Permission denied (os error 13)\n")]
    [InlineData(Seen + Searchable + "asked 124\n\n")]
    [InlineData(Seen + Searchable + "asked 137\n\n")]
    [InlineData(Seen + Searchable + "asked 127\nsh: tachyon-validator: not found\n")]
    [InlineData(Seen + Searchable + "asked 126\nsh: tachyon-validator: Permission denied\n")]
    [InlineData(Seen + Searchable + "asked 1\nsomething that nobody knows\n")]
    [InlineData(Seen + Searchable + "socket 1700000000000000000\n" + None)]
    [InlineData(Seen + Searchable)]
    [InlineData(Seen + "process 12 1\nidentity same /home/sol/identity.json\nvoter same /home/sol/staked.json\n" + Searchable + None)]
    [InlineData("")]
    public void H7_Traces_OneProbeFails_ItIsNotKnown(string output) => Runs(output).Should().BeNull();

    [Theory]
    [InlineData(Seen + Validator + Searchable + None)]
    [InlineData(Seen + Validator + None)]
    [InlineData(Seen + Searchable + "asked 0\nIdentity: x\n")]
    [InlineData(Seen + Searchable + "asked 1\nerror: Retry once validator start up is complete\n")]
    public void F1_Traces_OneTraceOfAValidator_OneRuns(string output) => Runs(output).Should().BeTrue();

    /// <summary>A client's command names ledger and identity as well.</summary>
    [Theory]
    [InlineData("command wait-for-restart-window\nidentity other /home/sol/staked.json\n")]
    [InlineData("identity other 9QxCLckBiJc783jnMvXZubK4wH86Eqqvashtrwvcsgkv\n")]
    public void F1_Read_Bystander_DoesNotCount(string words)
    {
        var look = LedgerProbe.Read(Seen + "process 12 1\nledger same /mnt/ledger\n" + words + Searchable + None, Settings);

        look.OnLedger.Should().BeEmpty();
        look.Traces(before: null).Runs.Should().BeFalse();
        NodeInspectionReader.Read(Seen + "process 12 1\nledger same /mnt/ledger\n" + words, Settings).Processes.Should().BeEmpty();
    }

    /// <summary>The supervisor starts another process, which has read the link before it was moved.</summary>
    [Fact]
    public void Traces_AnotherOneWasStartedSince_OnlyWhatWasThereCounts()
    {
        const string Answers = "asked 1\nerror: Retry once validator start up is complete\n";
        var before = LedgerProbe.Read("began 1700000000000000000\n" + Seen + Validator, Settings);
        var next = Validator.Replace("12", "13", StringComparison.Ordinal);

        LedgerProbe.Read(Seen + next + Searchable + "socket 1700000001000000000\n" + Answers, Settings).Traces(before).Runs.Should().BeFalse("process and socket are new");
        LedgerProbe.Read(Seen + next + Searchable + "socket 1699999999000000000\n" + Answers, Settings).Traces(before).Runs.Should().BeTrue("the socket is older, and a validator answers there");
        LedgerProbe.Read(Seen + Searchable + "socket 1700000001000000000\n" + Answers, Settings).Traces(before).Runs.Should().BeTrue("there is no new process that could have made it");
        LedgerProbe.Read(Seen + Validator + Searchable + None, Settings).Traces(before).Runs.Should().BeTrue("it is the same process");
    }

    private static bool? Runs(string output) => LedgerProbe.Read(output, Settings).Traces(before: null).Runs;
}
