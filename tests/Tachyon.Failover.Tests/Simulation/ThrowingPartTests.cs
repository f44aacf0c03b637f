using FluentAssertions;
using Tachyon.Failover.Journal;
using Tachyon.Failover.Testing.Simulation;
using Tachyon.Failover.Tests.Recovery;
using Xunit;

namespace Tachyon.Failover.Tests.Simulation;

/// <summary>Any exception at any call of an embedder's part: a result comes, and it is true.</summary>
public sealed class ThrowingPartTests
{
    private delegate (ValidatorPair Pair, IFailoverJournal Journal) Breaks(ValidatorPair pair, ThrowingPart.Counter counter);

    private static readonly Dictionary<string, Breaks> Parts = new(StringComparer.Ordinal)
    {
        ["source host"] = (pair, at) => (pair with { Source = pair.Source with { Host = ThrowingPart.Of(pair.Source.Host, at) } }, Lasting()),
        ["target host"] = (pair, at) => (pair with { Target = pair.Target with { Host = ThrowingPart.Of(pair.Target.Host, at) } }, Lasting()),
        ["source link"] = (pair, at) => (pair with { Source = pair.Source with { Link = ThrowingPart.Of(pair.Source.Link, at) } }, Lasting()),
        ["target link"] = (pair, at) => (pair with { Target = pair.Target with { Link = ThrowingPart.Of(pair.Target.Link, at) } }, Lasting()),
        ["source lock"] = (pair, at) => (pair with { Source = pair.Source with { Lock = ThrowingPart.Of(pair.Source.Lock, at) } }, Lasting()),
        ["target lock"] = (pair, at) => (pair with { Target = pair.Target with { Lock = ThrowingPart.Of(pair.Target.Lock, at) } }, Lasting()),
        ["source RPC"] = (pair, at) => (pair with { Source = pair.Source with { Rpc = ThrowingPart.Of(pair.Source.Rpc, at) } }, Lasting()),
        ["target RPC"] = (pair, at) => (pair with { Target = pair.Target with { Rpc = ThrowingPart.Of(pair.Target.Rpc, at) } }, Lasting()),
        ["cluster RPC"] = (pair, at) => (pair with { Cluster = ThrowingPart.Of(pair.Cluster, at) }, Lasting()),
        ["towers"] = (pair, at) => (pair with { Towers = ThrowingPart.Of(pair.Towers, at) }, Lasting()),
        ["window"] = (pair, at) => (pair with { Source = pair.Source with { RestartWindow = ThrowingPart.Of(pair.Source.RestartWindow!, at) } }, Lasting()),
        ["process"] = (pair, at) => (pair with { Source = pair.Source with { Process = ThrowingPart.Of(pair.Source.Process!, at) } }, Lasting()),
        ["journal"] = (pair, at) => (pair, ThrowingPart.Of<IFailoverJournal>(Lasting(), at)),
    };

    /// <summary>Without a lasting journal no takeover would begin.</summary>
    private static StoryJournal Lasting() => new(FailoverStep.CleanUp, static _ => { });

    public static TheoryData<string> Names => [.. Parts.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void C1_SwitchoverAsync_PartThrowsAtAnyCall_ThereIsAResultAndItIsTrue(string part) => ForEveryCall(part, (pair, given, options) =>
    {
        var result = pair.Run(() => new FailoverCoordinator(options, timeProvider: pair.Time).SwitchoverAsync(given));
        result.Should().NotBeNull();
        pair.Judge.CheckClaims(result!);
        pair.Judge.Broken.Should().BeEmpty("{0}", result);
    });

    [Theory]
    [MemberData(nameof(Names))]
    public void C1_OtherCalls_PartThrowsAtAnyCall_ThereIsAResult(string part) => ForEveryCall(part, (pair, given, options) =>
    {
        var coordinator = new FailoverCoordinator(options, timeProvider: pair.Time);
        pair.Run(() => coordinator.PreflightAsync(given)).Should().NotBeNull();
        pair.Run(() => coordinator.DryRunAsync(given)).Should().NotBeNull();
        pair.Run(() => coordinator.DiagnoseAsync(given)).Should().NotBeNull();
        pair.Run(() => coordinator.RecoverAsync(given)).Should().NotBeNull();
        pair.Run(() => coordinator.TakeoverAsync(given, new TakeoverPolicy { MinimumGrade = EvidenceGrade.Asserted, OperatorStatement = "it is off" })).Should().NotBeNull();
    });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void C1_LockThrowsAtItsRelease_IsReleasedTheSecondTimeOrTheResultHasANote(bool always)
    {
        var pair = new SimulatedPair(11);
        var given = pair.FromAToB;
        given = given with { Target = given.Target with { Lock = ThrowingPart.Of(given.Target.Lock, new ThrowingPart.Counter(throwsAt: 2, always)) } };

        var result = pair.Run(() => new FailoverCoordinator(new FailoverOptions { MinimumIdle = null }, timeProvider: pair.Time).SwitchoverAsync(given))!;

        result.Outcome.Should().Be(FailoverOutcome.Completed, "{0}", result);
        result.Notes.Any(note => note.Code == NoteCodes.LockNotReleased).Should().Be(always);
        (pair.B.Lock.Owner is not null).Should().Be(always);
    }

    [Fact]
    public void C1_ContactInfoThrowsAlways_IsRefused()
    {
        var pair = new SimulatedPair(11);
        var given = pair.FromAToB;
        given = given with { Source = given.Source with { Host = ThrowingPart.Of(given.Source.Host, new ThrowingPart.Counter(throwsAt: 1, always: true)) } };

        var result = pair.Run(() => new FailoverCoordinator(new FailoverOptions { MinimumIdle = null }, timeProvider: pair.Time).SwitchoverAsync(given))!;

        result.Outcome.Should().Be(FailoverOutcome.Refused, "{0}", result);
        result.Preflight.Findings.Should().Contain(finding => finding.Seen.Contains("the part of the embedder is broken"));
    }

    /// <summary>Runs with the part throwing at its first call, its second, and so on, until a run has fewer calls.</summary>
    private static void ForEveryCall(string part, Action<SimulatedPair, ValidatorPair, FailoverOptions> run)
    {
        for (var call = 1; ; call++)
        {
            var pair = new SimulatedPair(11);
            var counter = new ThrowingPart.Counter(call);
            var (given, journal) = Parts[part](pair.FromAToB, counter);
            var options = new FailoverOptions { MinimumIdle = TimeSpan.FromSeconds(1), Journal = journal, RollbackTimeout = TimeSpan.FromSeconds(20), JournalTimeout = TimeSpan.FromSeconds(1) };
            run(pair, given, options);
            if (counter.Calls < call)
            {
                return;
            }
        }
    }
}
