using Tachyon.Failover.Tests.Reports;
using Tachyon.Failover.Daemon.Monitoring;

namespace Tachyon.Failover.Tests.Daemon;

/// <summary>A pair with scripted results of takeovers and settlements.</summary>
internal sealed class ScriptedPair(string source, string target) : IMonitoredPair
{
    public string Source => source;

    public string Target => target;

    public MonitorVerdict Verdict { get; set; } = new() { State = MonitorState.Lost, Reason = "silent" };

    public ulong? TowerCopyAge => 3;

    public int Takeovers { get; private set; }

    public int Settlings { get; private set; }

    /// <summary>The result of a takeover.</summary>
    public Func<CancellationToken, Task<FailoverResult>> TakesOver { get; set; } = _ => Task.FromResult(Completed());

    /// <summary>The result of a settlement.</summary>
    public Func<RecoveryResult> Settles { get; set; } = () => Examples.Recovery;

    /// <summary>The debt in the journal.</summary>
    public Func<IReadOnlyList<FailoverNote>> Debt { get; set; } = () => [];

    public static FailoverResult Completed(params string[] owed) => Examples.Result.With(it => { it.Reason = null; it.PendingDemotions = [.. owed.Select(Examples.Note)]; it.Evidence = Evidence(EvidenceGrade.Fenced); });

    public static FailoverResult Refused(string reason, string wouldRaise) => Examples.Result.With(that =>
    {
        that.Outcome = FailoverOutcome.Refused;
        that.IdentityAt = IdentityLocation.Unknown;
        that.Reason = reason;
        that.Evidence = Evidence(EvidenceGrade.None).With(it => it.Missing = [Examples.Note(wouldRaise)]);
        that.Steps = [StepOf(FailoverStep.Preflight, CallResult.Done()), StepOf(FailoverStep.AssessEvidence, CallResult.Done())];
    });

    /// <summary>Refused for another reason, after a weighing with enough evidence.</summary>
    public static FailoverResult Stopped(FailoverStep at, CallResult why) => Refused($"{at}: {why}", "an identity link that can be moved").With(it => it.Steps = [StepOf(FailoverStep.Preflight, CallResult.Done()), StepOf(FailoverStep.AssessEvidence, CallResult.Done()), StepOf(at, why), StepOf(FailoverStep.ReleaseLocks, CallResult.Done())]);

    private static StepReport StepOf(FailoverStep step, CallResult result) => new() { StepCode = step, Result = result, Elapsed = TimeSpan.Zero, SentAt = TimeSpan.Zero, EndedAt = TimeSpan.Zero };

    /// <summary>Why no verb may touch the pair.</summary>
    public Func<string?> Refusal { get; set; } = () => null;

    /// <summary>Monitors until canceled.</summary>
    public Func<IProgress<MonitorVerdict>, CancellationToken, Task> Watches { get; set; } = (_, _) => throw new InvalidOperationException("This test sees verdicts by itself.");

    public Task<string?> WhyRefusedAsync(CancellationToken cancellationToken) => Task.FromResult(Refusal());

    public Task WatchAsync(IProgress<MonitorVerdict> verdicts, CancellationToken cancellationToken) => Watches(verdicts, cancellationToken);

    public Task<FailoverResult> TakeOverAsync(CancellationToken cancellationToken)
    {
        Takeovers++;
        return TakesOver(cancellationToken);
    }

    public Task<RecoveryResult> CompleteDemotionAsync(CancellationToken cancellationToken)
    {
        Settlings++;
        return Task.FromResult(Settles());
    }

    public Task<IReadOnlyList<FailoverNote>> GetPendingDemotionsAsync(CancellationToken cancellationToken) => Task.FromResult(Debt());

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static TakeoverEvidence Evidence(EvidenceGrade grade) => new() { Grade = grade, Facts = [Examples.Note("its shell answers")], Missing = [] };
}
