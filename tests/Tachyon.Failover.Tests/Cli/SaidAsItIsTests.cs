using System.Text.Json;
using FluentAssertions;
using Tachyon.Failover.Cli;
using Tachyon.Failover.Tests.Recovery;
using Xunit;

namespace Tachyon.Failover.Tests.Cli;

/// <summary>The program's output when there is nothing to do, or when the result is not the requested one, with a simulated pair in virtual time.</summary>
public sealed class SaidAsItIsTests : IDisposable
{
    private static readonly string[] ToB = ["switchover", "--to", "b", "--yes"];

    private readonly CliScene _person = new() { CanAsk = true };
    private readonly RecoveryScene _world = new();

    [Fact]
    public async Task W1_Switchover_AskedTwice_IsDoneOnceAndTheSecondCallChangesNothing()
    {
        Run(ToB).Should().Be(ExitCode.Done, "{0}", Told);
        _world.World.Cluster.Run(TimeSpan.FromSeconds(30));
        var (before, said) = (await EntriesAsync(), _person.Out.Length);

        Run(ToB).Should().Be(ExitCode.Done, "{0}", Told);

        _person.Out[said..].Should().Contain("There was nothing to do: the staked identity is at b.").And.NotContain("TF1");
        (await EntriesAsync()).Should().Be(before, "no run was begun");
        _world.B.CanVote.Should().BeTrue();
    }

    [Theory]
    [InlineData("--dry-run")]
    [InlineData("--yes")]
    public void W1_Switchover_ToTheNodeThatIsActive_HasNothingToDo(string how) => Run(["switchover", "--to", "a", how]).Should().Be(ExitCode.Done, "{0}", Told);

    /// <summary>Not in order: a restart would bring the identity back to its old node.</summary>
    [Fact]
    public void W1_Switchover_ActiveAlreadyAndItsLinkIsWrong_IsRefused()
    {
        _world.A.LinkTarget = "/home/sol/unstaked-identity.json";

        Run(["switchover", "--to", "a", "--yes"]).Should().Be(ExitCode.Refused, "{0}", Told);

        _person.Out.Should().Contain("TF102").And.Contain("TF104");
    }

    [Theory]
    [InlineData("recover")]
    [InlineData("complete-demotion")]
    public void W2_Mending_ToIsNotFollowed_SaysSoAndIsNotDone(string verb)
    {
        Run([verb, "--yes", "--to", "b"]).Should().Be(ExitCode.SomethingToDo, "{0}", Told);

        _person.Out.Should().Contain("The identity stays at a, and --to names b. To move it: tachyon-failover switchover --to b");
    }

    [Theory]
    [InlineData("recover")]
    [InlineData("complete-demotion")]
    public void W2_Mending_ToIsWhereTheIdentityIs_IsDone(string verb) => Run([verb, "--yes", "--to", "a"]).Should().Be(ExitCode.Done, "{0}", Told);

    [Theory]
    [InlineData("switchover", "is to have the staked identity")]
    [InlineData("recover", "the run before was to give the identity to")]
    [InlineData("complete-demotion", "the run before was to give the identity to")]
    [InlineData("takeover", "from the other, which is lost")]
    [InlineData("watch", "is monitored as the active one")]
    public async Task W2_Help_SaysWhatToMeansToThatCommand(string verb, string words)
    {
        await _person.RunAsync(verb, "--help");

        string.Join(' ', _person.Out.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Should().Contain(words);
    }

    [Theory]
    [InlineData("recover")]
    [InlineData("complete-demotion")]
    public void W3_Mending_PairInOrder_HasNothingToDo(string verb)
    {
        Run([verb, "--yes"]).Should().Be(ExitCode.Done, "{0}", Told);

        _person.Out.Should().Contain("There was nothing to do. The staked identity is at a").And.NotContain("Recovered");
    }

    [Fact]
    public void W3_Mending_PairInOrder_HasAnOutcomeOfItsOwnInJson()
    {
        Run(["recover", "--yes", "--json"]).Should().Be(ExitCode.Done, "{0}", Told);

        using var json = JsonDocument.Parse(_person.Out);
        json.RootElement.GetProperty("outcome").GetString().Should().Be("nothingToDo");
    }

    [Fact]
    public void W5_Status_OneNodeDoesNotAnswerAndTheOtherVotes_SaysWhatTheDiagnosisSays()
    {
        Run(ToB).Should().Be(ExitCode.Done, "{0}", Told);
        _world.A.Crash(TimeSpan.FromHours(1));
        _world.World.Cluster.Run(TimeSpan.FromSeconds(30));
        var said = _person.Out.Length;

        Run(["status"]);

        _person.Out[said..].Should().Contain("b votes with the staked identity").And.NotContain("active node is unknown");
    }

    [Fact]
    public void W6_Status_NodeThatWasTakenFromDoesNotAnswer_DoesNotSayWhatItRuns()
    {
        _world.A.Crash(TimeSpan.FromHours(1));
        Run(["takeover", "--to", "b", "--yes", "--least-grade", "asserted", "--assert", "its rack burns", "--tower", "from-chain"]).Should().Be(ExitCode.SomethingToDo, "{0}", Told);
        var said = _person.Out.Length;

        Run(["status"]);

        _person.Out[said..].Should().Contain("it is unknown what a runs, from which a takeover took it").And.NotContain("a does not run it");
    }

    public void Dispose() => _person.Dispose();

    private string Told => _person.Out + _person.Error;

    private async Task<int> EntriesAsync() => await _journal.ReadAsync(TestContext.Current.CancellationToken).CountAsync(TestContext.Current.CancellationToken);

    private readonly Failover.Journal.InMemoryFailoverJournal _journal = new();

    private int Run(params string[] args) => _person.Run(_world.Coordinator(_journal), _world.A, _world.B, args);
}
