using CsCheck;
using FluentAssertions;
using Tachyon.Failover.Journal;
using Tachyon.Failover.Preflight;
using Tachyon.Failover.RestartWindows;
using Tachyon.Failover.Testing.Simulation;
using Xunit;

namespace Tachyon.Failover.Tests.Safety;

/// <summary>The test of kind 8: a check that predicts success uses the same conditions as the act itself.</summary>
public sealed class OneListOfReasonsTests
{
    private const string Run = "0190";

    private static readonly TakeoverPolicy Asserted = new() { MinimumGrade = EvidenceGrade.Asserted, OperatorStatement = "a test", Tower = TakeoverTower.FromChain };

    /// <summary>The possible troubles of a world.</summary>
    [Flags]
    public enum Wrong
    {
        Nothing = 0,
        DebtOnTarget = 1,
        DebtOnSource = 2,
        Interrupted = 4,
        JournalCannotBeRead = 8,
        JournalCannotBeWritten = 16,
        TargetIsCutOff = 32,
        TargetIsDown = 64,
        TargetHasNoRoom = 128,
        TargetsLinkIsStaked = 256,
        OtherDirection = 512,
        NoWindowWay = 1024,
        LockIsHeld = 2048,
        EmbedderSaysNo = 4096,
        ChecksAreLeftOut = 8192,
    }

    [Fact]
    public void Kind8_SwitchoverAsync_AnyWorldAndJournal_IsRefusedIfAndOnlyIfTheDryRunIsNotClear() =>
        Gen.Select(Gen.ULong[1, 1000], Worlds).Sample((seed, wrong) => SwitchoverAgrees(seed, wrong), iter: 12, threads: 1);

    [Theory]
    [MemberData(nameof(EachAlone))]
    public void Kind8_SwitchoverAsync_OneThingWrong_IsRefusedIfAndOnlyIfTheDryRunIsNotClear(Wrong wrong) => SwitchoverAgrees(seed: 7, wrong).Should().BeTrue();

    /// <summary>Only a write shows that the journal cannot be written: a dry run writes, and a look does not.</summary>
    [Theory]
    [MemberData(nameof(EachThatAProbeCanSee))]
    public void Kind8_TakeoverAsync_OneThingWrong_IsRefusedIfAndOnlyIfItsPreflightIsNotClear(Wrong wrong)
    {
        var world = new World(seed: 7, wrong);
        world.Nodes.A.Crash(TimeSpan.FromHours(1));

        var looked = world.Do(coordinator => coordinator.PreflightTakeoverAsync(world.Pair));
        var result = world.Do(coordinator => coordinator.TakeoverAsync(world.Pair, Asserted));

        (result.Outcome != FailoverOutcome.Refused).Should().Be(looked.IsClear, "{0}: {1}\n{2}", wrong, looked, result);
    }

    public static TheoryData<Wrong> EachAlone() => [.. Enum.GetValues<Wrong>()];

    public static TheoryData<Wrong> EachThatAProbeCanSee() => [.. Enum.GetValues<Wrong>().Except([Wrong.JournalCannotBeWritten])];

    private static Gen<Wrong> Worlds => Gen.Select(Gen.Int[0, 8191], Gen.Int[0, 8191], Gen.Int[0, 8191]).Select((a, b, c) => (Wrong)(a & b & c));

    private static bool SwitchoverAgrees(ulong seed, Wrong wrong)
    {
        var world = new World(seed, wrong);
        var plan = world.Do(coordinator => coordinator.DryRunAsync(world.Pair));
        var result = world.Do(coordinator => coordinator.SwitchoverAsync(world.Pair));
        (result.Outcome != FailoverOutcome.Refused).Should().Be(plan.IsClear, "{0}, seed {1}: {2}\n{3}", wrong, seed, plan, result);
        return true;
    }

    private sealed class World
    {
        private readonly FailoverOptions _options;

        public World(ulong seed, Wrong wrong)
        {
            bool Is(Wrong one) => wrong.HasFlag(one) && one != Wrong.Nothing;
            Nodes = new SimulatedPair(seed);
            Pair = Is(Wrong.OtherDirection) ? Nodes.FromBToA : Nodes.FromAToB;
            var target = Is(Wrong.OtherDirection) ? Nodes.A : Nodes.B;
            var (from, to) = (Pair.Source.Name, Pair.Target.Name);
            var journal = new InMemoryFailoverJournal();
            Write(journal, Is(Wrong.DebtOnTarget) ? Takeover(from: to, to: from) : []);
            Write(journal, Is(Wrong.DebtOnSource) ? Takeover(from, to) : []);
            Write(journal, Is(Wrong.Interrupted) ? [Entry(JournalEvent.Begun, from, to), Entry(JournalEvent.Intent, from, to, nameof(FailoverStep.DemoteSource))] : []);
            if (Is(Wrong.NoWindowWay))
            {
                Pair = Pair with { Source = Pair.Source with { RestartWindow = null } };
            }

            if (Is(Wrong.LockIsHeld))
            {
                var other = Nodes.AddCoordinator("other");
                other.Run(() => other.FromAToB.Target.Lock.AcquireAsync("them"), TimeSpan.FromSeconds(10))!.IsDone.Should().BeTrue();
            }

            target.DiskIsFull = Is(Wrong.TargetHasNoRoom);
            target.IsCutOff = Is(Wrong.TargetIsCutOff);
            if (Is(Wrong.TargetIsDown))
            {
                target.StopValidator(TimeSpan.FromHours(1));
            }

            if (Is(Wrong.TargetsLinkIsStaked))
            {
                target.LinkTarget = "/home/sol/staked-identity.json";
            }

            Nodes.Pass(TimeSpan.FromSeconds(10));
            _options = new FailoverOptions
            {
                MinimumIdle = Is(Wrong.NoWindowWay) ? TimeSpan.FromSeconds(30) : null,
                Journal = new BrokenJournal(journal, Is(Wrong.JournalCannotBeRead), Is(Wrong.JournalCannotBeWritten)),
                Preflight = Is(Wrong.EmbedderSaysNo) ? [.. PreflightChecks.Default, new Freeze()] : Is(Wrong.ChecksAreLeftOut) ? [PreflightChecks.Default[0]] : PreflightChecks.Default,
            };
        }

        public SimulatedPair Nodes { get; }

        public ValidatorPair Pair { get; }

        public T Do<T>(Func<FailoverCoordinator, Task<T>> work)
            where T : class => Nodes.Run(() => work(new FailoverCoordinator(_options, timeProvider: Nodes.Time)), TimeSpan.FromHours(2))!;

        private IReadOnlyList<JournalEntry> Takeover(string from, string to) =>
        [
            Entry(JournalEvent.Begun, from, to, kind: RunKind.Takeover),
            Entry(JournalEvent.Intent, from, to, nameof(FailoverStep.PromoteTarget)),
            Entry(JournalEvent.Done, from, to, nameof(FailoverStep.PromoteTarget)),
            Entry(JournalEvent.Ended, from, to, outcome: FailoverOutcome.Completed),
        ];

        private JournalEntry Entry(JournalEvent @event, string from, string to, string? step = null, RunKind? kind = null, FailoverOutcome? outcome = null) => new()
        {
            At = Nodes.Time.GetUtcNow() - TimeSpan.FromHours(1), RunId = RunId.Parse($"{Run}-{from}"), Event = @event, Step = step, Kind = kind, Outcome = outcome, StakedIdentity = Pair.StakedIdentity.ToString(), Source = from, Target = to,
        };

        private static void Write(InMemoryFailoverJournal journal, IReadOnlyList<JournalEntry> entries) => journal.AppendEntriesAsync(entries).GetAwaiter().GetResult();
    }

    /// <summary>An embedder's own check, which names no node.</summary>
    private sealed class Freeze : IPreflightCheck
    {
        public string Code => "ORG1";

        public Task<IReadOnlyList<PreflightFinding>> CheckAsync(ValidatorPair pair, PairSurvey survey, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<PreflightFinding>>([new PreflightFinding { Code = Code, Severity = PreflightSeverity.Blocker, Seen = "a change freeze is on", Expected = "none" }]);
    }

    private sealed class BrokenJournal(IFailoverJournal inner, bool cannotBeRead, bool cannotBeWritten) : IFailoverJournal
    {
        public bool OutlivesProcess => true;

        public Task AppendAsync(IReadOnlyList<string> lines, CancellationToken cancellationToken = default) =>
            cannotBeWritten ? Task.FromException(new IOException("no space left on the device")) : inner.AppendAsync(lines, cancellationToken);

        public IAsyncEnumerable<string> ReadAsync(CancellationToken cancellationToken = default) =>
            cannotBeRead ? throw new IOException("the file is damaged") : inner.ReadAsync(cancellationToken);
    }
}
