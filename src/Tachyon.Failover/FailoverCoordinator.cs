using Microsoft.Extensions.Logging;
using Tachyon.Failover.Preflight;
using Tachyon.Failover.Runs;
using Tachyon.Failover.Seams;
using Tachyon.Failover.Telemetry;

namespace Tachyon.Failover;

/// <summary>Moves the staked identity from one validator to another, and never lets two vote.</summary>
/// <remarks>
/// Thread-safe; one coordinator serves any number of pairs. One switchover of a pair at a time: the locks on the nodes refuse a second one.
/// Failures of a host are results, not exceptions; exceptions are for wrong arguments and settings. A pair is wrong (<see cref="InvalidSettingsException"/> from every call)
/// if its nodes share a name, are the same node, or if its <see cref="ValidatorPair.Towers"/> has the other direction.
/// </remarks>
public sealed class FailoverCoordinator
{
    private readonly FailoverOptions _options;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;

    /// <summary>Creates a coordinator.</summary>
    /// <param name="options">Its options; null for the defaults.</param>
    /// <param name="loggerFactory">For its log; null for none.</param>
    /// <param name="timeProvider">The clock; null for the system's.</param>
    /// <exception cref="InvalidSettingsException">The options are wrong; the message holds all errors.</exception>
    public FailoverCoordinator(FailoverOptions? options = null, ILoggerFactory? loggerFactory = null, TimeProvider? timeProvider = null)
    {
        options = options?.Copy() ?? new FailoverOptions();
        InvalidSettingsException.ThrowIfAny(options.Validate());
        _options = options.Guarded();
        _logger = BackgroundLogger.CreateLogger(loggerFactory, FailoverTelemetry.LogCategory);
        _time = timeProvider ?? TimeProvider.System;
    }

    /// <summary>
    /// Checks whether a switchover could begin: all conditions of <see cref="SwitchoverAsync"/>, with pending demotions, the journal and the restart window. Changes nothing; may be repeated.
    /// Takes a second or two, because it waits until the target replays blocks.
    /// </summary>
    /// <exception cref="OperationCanceledException">The caller canceled.</exception>
    public Task<PreflightReport> PreflightAsync(ValidatorPair pair, CancellationToken cancellationToken = default) => PreflightAsync(pair, SurveyScope.Switchover, cancellationToken);

    /// <summary>
    /// Checks whether the target could take the identity if the source were lost now: all conditions of <see cref="TakeoverAsync"/> except the evidence, which <see cref="AssessEvidenceAsync"/> shows.
    /// The source is not asked, and findings about it are left out. Changes nothing; may be repeated.
    /// </summary>
    /// <exception cref="OperationCanceledException">The caller canceled.</exception>
    public Task<PreflightReport> PreflightTakeoverAsync(ValidatorPair pair, CancellationToken cancellationToken = default) => PreflightAsync(pair, SurveyScope.Takeover, cancellationToken);

    /// <summary>
    /// Executes the parts of a switchover that change no identity: runs the preflight, writes two lines into the journal, takes the locks, and delivers the source's tower under a temporary
    /// name. It then reverts this, and returns the steps of a switchover. May be repeated.
    /// </summary>
    /// <exception cref="OperationCanceledException">The caller canceled.</exception>
    public async Task<SwitchoverPlan> DryRunAsync(ValidatorPair pair, CancellationToken cancellationToken = default)
    {
        ThrowIfWrong(pair);
        return await ProbeAsync(
            FailoverTelemetry.DryRunSpan,
            pair,
            run => new DryRun(pair.Guarded(), run).RunAsync(cancellationToken),
            static (observers, plan) => observers.Ended(plan)).ConfigureAwait(false);
    }

    /// <summary>
    /// Moves the staked identity from the pair's source to its target.
    /// </summary>
    /// <remarks>
    /// After it completed, the preflight refuses another call: the target already runs the identity. After a rollback, another call is
    /// a new try.
    /// </remarks>
    /// <param name="pair">The nodes and the direction.</param>
    /// <param name="progress">
    /// Receives reports, in order and late, on a thread of its own. It may be slow and may throw without affecting the switchover.
    /// </param>
    /// <param name="cancellationToken">
    /// Cancels the run. Before the promotion is sent, everything done so far is rolled back. After it, the request is ignored until one node is safe.
    /// </param>
    /// <returns>Where the identity is now, the gap, and what an operator must do, if anything.</returns>
    public async Task<FailoverResult> SwitchoverAsync(
        ValidatorPair pair,
        IProgress<FailoverProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ThrowIfWrong(pair);
        var run = new FailoverRun(RunKind.Switchover, pair.Guarded(), _options, progress, _logger, _time);
        await using (run.ConfigureAwait(false))
        {
            return await run.SwitchAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Diagnoses the pair: reads both nodes, their links and towers, the chain and the journal, and observes for some slots which node votes.
    /// Changes nothing and takes no lock; may be repeated. It observes until each node that runs the staked identity was seen to
    /// vote: usually a slot or two, at most 12 slots (about 5 s). A node that does not answer costs its time limits in addition.
    /// </summary>
    /// <remarks>If another coordinator is at work, <see cref="PairDiagnosis.InProgress"/> names it, and <see cref="RecoverAsync"/> is refused.</remarks>
    /// <param name="pair">The nodes, in either direction.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="OperationCanceledException">The caller canceled.</exception>
    public async Task<PairDiagnosis> DiagnoseAsync(ValidatorPair pair, CancellationToken cancellationToken = default)
    {
        ThrowIfWrong(pair);
        return await ProbeAsync(
            FailoverTelemetry.DiagnosisSpan,
            pair,
            async run =>
            {
                var diagnosis = await DiagnoseStep.DescribeAsync(run, cancellationToken).ConfigureAwait(false);
                cancellationToken.ThrowIfCancellationRequested();
                return diagnosis;
            },
            static (observers, diagnosis) => observers.Ended(diagnosis)).ConfigureAwait(false);
    }

    /// <summary>
    /// Brings a pair into order after an interrupted switchover: one node votes, the other cannot, and a restart does not change that. It
    /// relies on what it reads and needs no journal. A journal entry of a promotion without an answer makes it more careful.
    /// </summary>
    /// <remarks>
    /// <para>
    /// Takes both locks, waits 2 s for calls that may still run inside a validator, and diagnoses. The node that votes keeps the staked identity. If
    /// no node votes, the node with the newest tower is promoted with it; if both have the same, the source. Before that the other node is ruled out as a
    /// voter: by its link and, in case of doubt, by its authorized voters and its identity. A fact that matters and cannot be read is
    /// waited for up to <see cref="FailoverOptions.RollbackTimeout"/>; after that no node is promoted, and the result names the commands.
    /// </para>
    /// <para>
    /// May be repeated, also after an interruption at any point: a pair in order is not changed. Give the pair in the direction of
    /// the interrupted switchover if it is known; the other direction is as safe.
    /// </para>
    /// </remarks>
    /// <param name="pair">The nodes.</param>
    /// <param name="progress">Receives reports, as for <see cref="SwitchoverAsync"/>. Each report names its node.</param>
    /// <param name="cancellationToken">Cancels the run before the first step that changes a node; ignored after it.</param>
    /// <returns>The diagnosis, the steps, where the identity is, and what an operator must do, if anything.</returns>
    public Task<RecoveryResult> RecoverAsync(
        ValidatorPair pair,
        IProgress<FailoverProgress>? progress = null,
        CancellationToken cancellationToken = default) =>
        RunRecoveryAsync(pair, _options, progress, cancellationToken);

    /// <summary>Takes the staked identity from the pair's source, which is lost, hung or cut off, and gives it to its target.</summary>
    /// <remarks>
    /// <para>
    /// The evidence that the source is not voting and cannot resume is assessed before any change, and again right before the promotion. Below the policy's grade the takeover is
    /// refused, and <see cref="FailoverResult.Evidence"/> lists the facts and what would raise the grade. A source that can be reached is demoted first, fast: link, voters, identity, each once and
    /// with a short limit. A validator that does not answer is stopped. The target gets the source's own tower if its disk can be read, otherwise the newest tower copy if it holds all
    /// landed votes. It gets no tower only if the policy allows that.
    /// </para>
    /// <para>
    /// It is refused without a persistent journal (<see cref="Journal.IFailoverJournal.OutlivesProcess"/>). A source that was not made an inactive node stays a danger: <see cref="FailoverResult.PendingDemotions"/> lists what is left to do there, the journal keeps it, and a switchover back is refused
    /// until <see cref="CompleteDemotionAsync"/> has seen it done. After it completed, the preflight refuses another call: the target already runs the identity.
    /// </para>
    /// </remarks>
    /// <param name="pair">The nodes: the lost one is the source.</param>
    /// <param name="policy">What must be certain before the promotion; null for the defaults: the source must be fenced.</param>
    /// <param name="watch">A monitor of the same pair: its observations and its tower copy count; null to observe from now on.</param>
    /// <param name="progress">Receives reports, as for <see cref="SwitchoverAsync"/>.</param>
    /// <param name="cancellationToken">Cancels the run, as for <see cref="SwitchoverAsync"/>.</param>
    /// <returns>Where the identity is now, the gap, the pending demotions, and what an operator must do, if anything.</returns>
    /// <exception cref="InvalidSettingsException">The policy is wrong; the message holds all errors.</exception>
    public async Task<FailoverResult> TakeoverAsync(
        ValidatorPair pair,
        TakeoverPolicy? policy = null,
        ValidatorMonitor? watch = null,
        IProgress<FailoverProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ThrowIfWrong(pair);
        policy = policy?.Copy() ?? new TakeoverPolicy();
        InvalidSettingsException.ThrowIfAny([.. policy.Validate(), .. watch?.ErrorsFor(pair, policy.Detection) ?? [], .. WitnessErrors(pair, policy)]);
        pair = pair.Guarded();
        var ownWatch = watch is null ? OwnWatch(pair, policy) : null;
        var run = new FailoverRun(RunKind.Takeover, pair, _options, progress, _logger, _time, new TakeoverCall(policy, watch ?? ownWatch!));
        try
        {
            await using (run.ConfigureAwait(false))
            {
                return await run.TakeOverAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            if (ownWatch is not null)
            {
                await ownWatch.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    /// <summary>
    /// Assesses the evidence that the pair's source is not voting and cannot resume, as <see cref="TakeoverAsync"/> does before any change. Changes nothing and takes no lock; may be repeated.
    /// If the policy requires less than <see cref="EvidenceGrade.Fenced"/> and the source's shell does not answer, it waits until the silence is long enough or cannot become so.
    /// </summary>
    /// <param name="pair">The nodes: the one that may be lost is the source.</param>
    /// <param name="policy">What must be certain; null for the defaults.</param>
    /// <param name="watch">A monitor of the same pair, whose silence counts and which receives the new readings; null to observe from now on.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="InvalidSettingsException">The policy is wrong; the message holds all errors.</exception>
    /// <exception cref="OperationCanceledException">The caller canceled.</exception>
    public async Task<TakeoverEvidence> AssessEvidenceAsync(ValidatorPair pair, TakeoverPolicy? policy = null, ValidatorMonitor? watch = null, CancellationToken cancellationToken = default)
    {
        ThrowIfWrong(pair);
        policy = policy?.Copy() ?? new TakeoverPolicy();
        InvalidSettingsException.ThrowIfAny([.. policy.Validate(), .. watch?.ErrorsFor(pair, policy.Detection) ?? [], .. WitnessErrors(pair, policy)]);
        pair = pair.Guarded();
        var ownWatch = watch is null ? OwnWatch(pair, policy) : null;
        var run = new RunContext(pair, _options, RunId.New(_time), _time, new TakeoverCall(policy, watch ?? ownWatch!));
        try
        {
            await using (run.ConfigureAwait(false))
            {
                await new AssessEvidenceStep(run, run.Takeover!).RunAsync(cancellationToken).ConfigureAwait(false);
                return run.Takeover!.Evidence!;
            }
        }
        finally
        {
            if (ownWatch is not null)
            {
                await ownWatch.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    /// <summary>Completes a pending demotion: makes the lost node of a takeover an inactive one, by link, voters, identity and tower.</summary>
    /// <remarks>
    /// A <see cref="RecoverAsync"/> with short time limits, to be repeated until <see cref="RecoveryResult.PendingDemotions"/> is empty. The link is moved before the validator is asked, because it may hang;
    /// a validator that cannot be demoted is stopped after that. The node that votes keeps the identity. If nothing is pending it acts like a recovery, which does not change a pair in order.
    /// </remarks>
    /// <param name="pair">The nodes, in the direction of the takeover.</param>
    /// <param name="progress">Receives reports, as for <see cref="SwitchoverAsync"/>.</param>
    /// <param name="cancellationToken">Cancels the run before the first step that changes a node; ignored after it.</param>
    /// <returns>The diagnosis, the steps, and the demotions that are still pending.</returns>
    public Task<RecoveryResult> CompleteDemotionAsync(
        ValidatorPair pair,
        IProgress<FailoverProgress>? progress = null,
        CancellationToken cancellationToken = default) =>
        RunRecoveryAsync(pair, _options.ForCompletion, progress, cancellationToken);

    /// <summary>
    /// Reads from the journal what takeovers have left pending on either node, from the moment when the promotion is sent until <see cref="CompleteDemotionAsync"/>, or a recovery, has seen it done.
    /// Connects to no node; may be repeated, and called at any time.
    /// </summary>
    /// <param name="pair">The nodes, in either direction.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>A note for each node with a pending demotion; empty if there is none.</returns>
    /// <exception cref="IOException">The journal could not be read within <see cref="FailoverOptions.JournalTimeout"/>.</exception>
    /// <exception cref="OperationCanceledException">The caller canceled.</exception>
    public async Task<IReadOnlyList<FailoverNote>> GetPendingDemotionsAsync(ValidatorPair pair, CancellationToken cancellationToken = default)
    {
        ThrowIfWrong(pair);
        var journal = await JournalReading.ReadAsync(_options, pair, run: default, _time, cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        return journal.Failure is { } failure
            ? throw new IOException($"The journal could not be read, so it is unknown which demotions are pending: {failure}")
            : [.. new[] { pair.Source, pair.Target }.Where(node => journal.DemotionPendingBy(node) is not null).Select(node => new FailoverNote(NoteCodes.DemotionOwed, node.Name, $"{node.Name} is not known to be an inactive node since the takeover {journal.DemotionPendingBy(node)}", ("runId", journal.DemotionPendingBy(node))))];
    }

    private async Task<PreflightReport> PreflightAsync(ValidatorPair pair, SurveyScope scope, CancellationToken cancellationToken)
    {
        ThrowIfWrong(pair);
        return await ProbeAsync(
            FailoverTelemetry.PreflightSpan,
            pair,
            async run =>
            {
                await RunPreflight.ProbeAsync(run, scope, cancellationToken).ConfigureAwait(false);
                cancellationToken.ThrowIfCancellationRequested();
                return run.Preflight;
            },
            static (observers, report) => observers.Ended(report)).ConfigureAwait(false);
    }

    private static IEnumerable<string> WitnessErrors(ValidatorPair pair, TakeoverPolicy policy) => [.. pair.WitnessErrors(), .. pair.TooFewWitnesses(policy.WitnessesNeeded)];

    private static void ThrowIfWrong(ValidatorPair pair)
    {
        ArgumentNullException.ThrowIfNull(pair);
        InvalidSettingsException.ThrowIfAny(pair.Validate());
    }

    private ValidatorMonitor OwnWatch(ValidatorPair pair, TakeoverPolicy policy) => new(pair, new MonitorOptions { Rules = policy.Detection, KeepsTowerCopy = false }, timeProvider: _time);

    private async Task<RecoveryResult> RunRecoveryAsync(ValidatorPair pair, FailoverOptions options, IProgress<FailoverProgress>? progress, CancellationToken cancellationToken)
    {
        ThrowIfWrong(pair);
        var run = new FailoverRun(RunKind.Recovery, pair.Guarded(), options, progress, _logger, _time);
        await using (run.ConfigureAwait(false))
        {
            return await run.RecoverAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private Task<T> ProbeAsync<T>(string span, ValidatorPair pair, Func<RunContext, Task<T>> look, Action<RunObservers, T> tell) =>
        ReadOnlyRun.RunAsync(span, pair.Guarded(), _options, _logger, _time, look, tell);
}
