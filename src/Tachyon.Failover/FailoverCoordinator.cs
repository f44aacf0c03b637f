using Microsoft.Extensions.Logging;
using Tachyon.Failover.Execution;
using Tachyon.Failover.Monitoring;
using Tachyon.Failover.Preflight;
using Tachyon.Failover.Seams;
using Tachyon.Failover.Takeover;
using Tachyon.Failover.Telemetry;

namespace Tachyon.Failover;

/// <summary>Moves the staked identity from one validator to another, and never lets two vote.</summary>
/// <remarks>
/// Thread-safe; one coordinator serves any number of pairs. One switchover of a pair at a time: a second one is refused by the locks on the
/// nodes. What a host does is never an exception but a result; exceptions are wrong arguments and settings. A pair whose two nodes have one name, or are one, or whose
/// <see cref="ValidatorPair.Towers"/> goes the other way, is such (<see cref="InvalidSettingsException"/> of every call).
/// </remarks>
public sealed class FailoverCoordinator
{
    private readonly FailoverOptions _options;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;

    /// <summary>Makes a coordinator.</summary>
    /// <param name="options">How it works; null for the defaults.</param>
    /// <param name="loggerFactory">Where it logs; null for nowhere.</param>
    /// <param name="timeProvider">The clock; null for the system's.</param>
    /// <exception cref="InvalidSettingsException">The options are wrong; the message holds all errors.</exception>
    public FailoverCoordinator(FailoverOptions? options = null, ILoggerFactory? loggerFactory = null, TimeProvider? timeProvider = null)
    {
        options ??= new FailoverOptions();
        InvalidSettingsException.ThrowIfAny(options.Validate());
        _options = options.Guarded();
        _logger = LateLogger.CreateLogger(loggerFactory, FailoverTelemetry.LogCategory);
        _time = timeProvider ?? TimeProvider.System;
    }

    /// <summary>
    /// Looks whether a switchover could begin: all that <see cref="SwitchoverAsync"/> goes by, what is owed, the journal and the restart window included. Changes nothing; may be repeated. Takes a second or
    /// two, as the target is seen to replay blocks.
    /// </summary>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public Task<PreflightReport> PreflightAsync(ValidatorPair pair, CancellationToken cancellationToken = default) => PreflightAsync(pair, LookScope.Switchover, cancellationToken);

    /// <summary>
    /// Looks whether the target could take the identity if the source were lost now: all that <see cref="TakeoverAsync"/> goes by but the evidence, which <see cref="WeighAsync"/> shows. The source is not
    /// asked, and what is about it is left out. Changes nothing; may be repeated.
    /// </summary>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public Task<PreflightReport> PreflightTakeoverAsync(ValidatorPair pair, CancellationToken cancellationToken = default) => PreflightAsync(pair, LookScope.Takeover, cancellationToken);

    /// <summary>
    /// Does all of a switchover that changes no identity: looks, writes two lines into the journal, takes the locks, brings the source's tower to the target under a temporary
    /// name, takes everything else back, and says what a switchover would do. May be repeated.
    /// </summary>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task<SwitchoverPlan> DryRunAsync(ValidatorPair pair, CancellationToken cancellationToken = default)
    {
        ThrowIfWrong(pair);
        return await LookAsync(
            FailoverTelemetry.DryRunSpan,
            pair,
            steps => new DryRun(pair.Guarded(), steps, _time).RunAsync(cancellationToken),
            static (observers, plan) => observers.Ended(plan)).ConfigureAwait(false);
    }

    /// <summary>
    /// Moves the staked identity from the pair's source to its target.
    /// </summary>
    /// <remarks>
    /// Calling it again after it completed is refused by the preflight: the target runs the identity already. Calling it again after it was
    /// undone is a new try.
    /// </remarks>
    /// <param name="pair">The nodes and the direction.</param>
    /// <param name="progress">
    /// Gets what happens, in order and late, on a thread of its own. It may be slow and may throw; the switchover is not touched by it.
    /// </param>
    /// <param name="cancellationToken">
    /// Gives up: honoured until the promotion is sent, whereupon what was done is undone; ignored from there on until one side is safe.
    /// </param>
    /// <returns>Where the identity is now, what it cost, and what a person must do, if anything.</returns>
    public async Task<FailoverResult> SwitchoverAsync(
        ValidatorPair pair,
        IProgress<FailoverProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ThrowIfWrong(pair);
        var run = new SwitchoverRun(FailoverTelemetry.SwitchoverSpan, pair.Guarded(), _options, progress, _logger, _time);
        await using (run.ConfigureAwait(false))
        {
            return await run.SwitchAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Looks at both nodes, their links and towers, the chain and the journal, watches for some slots who votes, and says in which state the pair is.
    /// Changes nothing and takes no lock; may be repeated. After its look it watches until each node that runs the staked identity was seen to
    /// vote: a slot or two in most cases, at most 12 slots (about 5 s). A node that does not answer costs its time limits besides.
    /// </summary>
    /// <remarks>If another coordinator is at work at that moment, <see cref="PairDiagnosis.InProgress"/> names it; <see cref="RecoverAsync"/> is refused then.</remarks>
    /// <param name="pair">The nodes, in either direction.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task<PairDiagnosis> DiagnoseAsync(ValidatorPair pair, CancellationToken cancellationToken = default)
    {
        ThrowIfWrong(pair);
        return await LookAsync(
            FailoverTelemetry.DiagnosisSpan,
            pair,
            async steps =>
            {
                var diagnosis = await steps.SayAsync(cancellationToken).ConfigureAwait(false);
                cancellationToken.ThrowIfCancellationRequested();
                return diagnosis;
            },
            static (observers, diagnosis) => observers.Ended(diagnosis)).ConfigureAwait(false);
    }

    /// <summary>
    /// Brings a pair whose switchover was interrupted into order: one node votes, the other cannot, and no restart would change that. It
    /// goes by what it sees, and needs no journal; one that speaks of a promotion without an answer makes it more careful.
    /// </summary>
    /// <remarks>
    /// <para>
    /// Takes both locks, waits 2 s for what may still be on its way inside a validator, and looks. Who votes keeps the staked identity. If
    /// nobody votes, the node with the newest tower gets it back with that tower, the source if both have the same. The other node is ruled out as a
    /// voter before: its link, and if there is any doubt its authorized voters and its identity. Whatever matters and cannot be seen is
    /// waited for up to <see cref="FailoverOptions.ResolveTimeout"/>; then nobody is given a vote, and the result names the commands.
    /// </para>
    /// <para>
    /// May be repeated, and called again after it was interrupted at whatever point: a pair that is in order is not changed. Give the pair in the direction of
    /// the switchover that was interrupted if it is known; the other direction is as safe.
    /// </para>
    /// </remarks>
    /// <param name="pair">The nodes.</param>
    /// <param name="progress">Gets what happens, as for <see cref="SwitchoverAsync"/>. In the steps of the way back the node that is to keep the identity is the
    /// source; the report names it.</param>
    /// <param name="cancellationToken">Gives up: honoured until the first step that changes something; ignored from there on.</param>
    /// <returns>What was found, what was done, where the identity is, and what a person must do, if anything.</returns>
    public Task<RecoveryResult> RecoverAsync(
        ValidatorPair pair,
        IProgress<FailoverProgress>? progress = null,
        CancellationToken cancellationToken = default) =>
        RunRecoveryAsync(pair, _options, progress, cancellationToken);

    /// <summary>Takes the staked identity from the pair's source, which is lost, hung or cut off, and gives it to its target.</summary>
    /// <remarks>
    /// <para>
    /// What speaks for it that the source does not vote, and will not, is weighed before anything is touched, and again right before the promotion; below the grade that the policy asks for it is
    /// refused, and <see cref="FailoverResult.Evidence"/> says what was seen and what would raise it. A source that can be reached is demoted first, fast: link, voters, identity, each once and
    /// with a short limit; what does not answer is stopped. The target gets the source's own tower if its disk can be read, else the newest that a watch has kept, and only if it holds what has
    /// landed; none at all only if the policy says so.
    /// </para>
    /// <para>
    /// It is refused without a journal that lasts (<see cref="Journal.IFailoverJournal.OutlivesProcess"/>). A source that was not made an inactive node stays a danger: <see cref="FailoverResult.Owed"/> says what is left to be done there, the journal keeps it, and no switchover back is begun
    /// until <see cref="SettleDebtAsync"/> has seen it done. Calling it again after it completed is refused by the preflight: the target runs the identity already.
    /// </para>
    /// </remarks>
    /// <param name="pair">The nodes: the lost one is the source.</param>
    /// <param name="policy">What must be sure before; null for the defaults: the source must be fenced.</param>
    /// <param name="watch">A watch of the same pair: what it has seen counts, and the tower that it has kept; null to look from now on.</param>
    /// <param name="progress">Gets what happens, as for <see cref="SwitchoverAsync"/>.</param>
    /// <param name="cancellationToken">Gives up, as for <see cref="SwitchoverAsync"/>.</param>
    /// <returns>Where the identity is now, what it cost, what is owed, and what a person must do, if anything.</returns>
    /// <exception cref="InvalidSettingsException">The policy is wrong; the message holds all errors.</exception>
    public async Task<FailoverResult> TakeoverAsync(
        ValidatorPair pair,
        TakeoverPolicy? policy = null,
        ValidatorWatch? watch = null,
        IProgress<FailoverProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ThrowIfWrong(pair);
        policy ??= new TakeoverPolicy();
        InvalidSettingsException.ThrowIfAny([.. policy.Validate(), .. watch?.ErrorsFor(pair, policy.Silence) ?? [], .. WitnessErrors(pair, policy)]);
        pair = pair.Guarded();
        var ownWatch = watch is null ? OwnWatch(pair, policy) : null;
        var run = new SwitchoverRun(FailoverTelemetry.TakeoverSpan, pair, _options, progress, _logger, _time, new TakeoverCall(policy, watch ?? ownWatch!));
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
    /// Weighs what speaks for it that the pair's source does not vote, and will not, as <see cref="TakeoverAsync"/> does before it touches anything. Changes nothing and takes no lock; may be repeated.
    /// If the policy asks for less than <see cref="EvidenceGrade.Fenced"/>, and the source's shell does not answer, it looks until the silence is long enough or cannot come to that.
    /// </summary>
    /// <param name="pair">The nodes: the one that may be lost is the source.</param>
    /// <param name="policy">What must be sure; null for the defaults.</param>
    /// <param name="watch">A watch of the same pair, whose silence counts, and which has the looks from here on; null to look from now on.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="InvalidSettingsException">The policy is wrong; the message holds all errors.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task<TakeoverEvidence> WeighAsync(ValidatorPair pair, TakeoverPolicy? policy = null, ValidatorWatch? watch = null, CancellationToken cancellationToken = default)
    {
        ThrowIfWrong(pair);
        policy ??= new TakeoverPolicy();
        InvalidSettingsException.ThrowIfAny([.. policy.Validate(), .. watch?.ErrorsFor(pair, policy.Silence) ?? [], .. WitnessErrors(pair, policy)]);
        pair = pair.Guarded();
        var ownWatch = watch is null ? OwnWatch(pair, policy) : null;
        var steps = new SwitchoverSteps(pair, _options, Guid.CreateVersion7(_time.GetUtcNow()).ToString(), _time, new TakeoverCall(policy, watch ?? ownWatch!));
        try
        {
            await using (steps.ConfigureAwait(false))
            {
                return await steps.SeeEvidenceAsync(cancellationToken).ConfigureAwait(false);
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

    /// <summary>Makes the node that lost the identity in a takeover an inactive one, as far as that was not possible then: link, voters, identity, tower.</summary>
    /// <remarks>
    /// A <see cref="RecoverAsync"/> with little patience, made to be called again and again until <see cref="RecoveryResult.Owed"/> is empty; a validator that does not let itself be demoted is stopped,
    /// after its link was moved; and the link is moved before its validator is asked anything, which may hang. Who votes keeps the identity. If nothing is owed it does what a recovery does, which changes nothing on a pair that is in order.
    /// </remarks>
    /// <param name="pair">The nodes, in the direction of the takeover.</param>
    /// <param name="progress">Gets what happens, as for <see cref="SwitchoverAsync"/>.</param>
    /// <param name="cancellationToken">Gives up: honoured until the first step that changes something; ignored from there on.</param>
    /// <returns>What was found and done, and what is still owed.</returns>
    public Task<RecoveryResult> SettleDebtAsync(
        ValidatorPair pair,
        IProgress<FailoverProgress>? progress = null,
        CancellationToken cancellationToken = default) =>
        RunRecoveryAsync(pair, _options.ForSettling, progress, cancellationToken);

    /// <summary>
    /// Reads what takeovers have left to be done on either node, as the journal has it: from the moment in which the promotion was sent until <see cref="SettleDebtAsync"/>, or a recovery, has seen it done. Speaks to
    /// no node; may be repeated, and called at the same time as anything else.
    /// </summary>
    /// <param name="pair">The nodes, in either direction.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>A sentence for each node on which something is owed; empty if nothing is.</returns>
    /// <exception cref="IOException">The journal could not be read within <see cref="FailoverOptions.JournalTimeout"/>.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task<IReadOnlyList<string>> ReadDebtAsync(ValidatorPair pair, CancellationToken cancellationToken = default)
    {
        ThrowIfWrong(pair);
        var journal = await JournalLook.ReadAsync(_options, pair, run: "", _time, cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        return journal.Failure is { } failure
            ? throw new IOException($"The journal could not be read, so that nobody knows what is owed: {failure}")
            : [.. new[] { pair.Source, pair.Target }.Where(node => journal.OwedBy(node) is not null).Select(node => $"{node.Name} is not known to be an inactive node since the takeover {journal.OwedBy(node)}")];
    }

    private async Task<PreflightReport> PreflightAsync(ValidatorPair pair, LookScope scope, CancellationToken cancellationToken)
    {
        ThrowIfWrong(pair);
        return await LookAsync(
            FailoverTelemetry.PreflightSpan,
            pair,
            async steps =>
            {
                await steps.LookAsync(scope, cancellationToken).ConfigureAwait(false);
                cancellationToken.ThrowIfCancellationRequested();
                return steps.Preflight;
            },
            static (observers, report) => observers.Ended(report)).ConfigureAwait(false);
    }

    private static IEnumerable<string> WitnessErrors(ValidatorPair pair, TakeoverPolicy policy) => [.. pair.WitnessErrors(), .. pair.TooFewWitnesses(policy.WitnessesNeeded)];

    private static void ThrowIfWrong(ValidatorPair pair)
    {
        ArgumentNullException.ThrowIfNull(pair);
        InvalidSettingsException.ThrowIfAny(pair.Validate());
    }

    private ValidatorWatch OwnWatch(ValidatorPair pair, TakeoverPolicy policy) => new(pair, new WatchOptions { Rules = policy.Silence, KeepsShadow = false }, timeProvider: _time);

    private async Task<RecoveryResult> RunRecoveryAsync(ValidatorPair pair, FailoverOptions options, IProgress<FailoverProgress>? progress, CancellationToken cancellationToken)
    {
        ThrowIfWrong(pair);
        var run = new SwitchoverRun(FailoverTelemetry.RecoverySpan, pair.Guarded(), options, progress, _logger, _time);
        await using (run.ConfigureAwait(false))
        {
            return await run.RecoverAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private Task<T> LookAsync<T>(string span, ValidatorPair pair, Func<SwitchoverSteps, Task<T>> look, Action<RunObservers, T> tell) =>
        LookingRun.RunAsync(span, pair.Guarded(), _options, _logger, _time, look, tell);
}
