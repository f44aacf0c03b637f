using Microsoft.Extensions.Logging;
using Tachyon.Failover.Cluster;
using Tachyon.Failover.Decisions;
using Tachyon.Failover.Nodes;
using Tachyon.Failover.Runtime;
using Tachyon.Failover.Telemetry;

namespace Tachyon.Failover;

/// <summary>
/// Runs on the active node, and demotes it after <see cref="GuardTimings.DemoteAfter"/> in which neither its own RPC nor any witness has seen a vote land.
/// So a monitor that sees the node silent for longer than <see cref="GuardTimings.MinimumLostAfter"/> knows that it cannot vote, even if it is unreachable (docs/safety.md).
/// </summary>
/// <remarks>
/// <para>It only demotes. An operator or a takeover must then bring the node into order. When the node is promoted again, the guard starts to count again.</para>
/// <para>It takes no lock: the holder may be cut off together with the node, and a demotion is right in any case. It ignores pauses: stop it before a planned restart of the validator.</para>
/// <para>
/// It begins after it has confirmed that its settings match the validator that runs here: a validator answers on the ledger's admin socket, the keypair files hold the right keys, and the link can be
/// read. Until then it is <see cref="GuardState.NotGuarding"/>. "There is no such socket" is also the answer for a wrong path, and for a validator that lost its socket. So it counts only for a validator
/// that this guard has reached through that socket, and never while the node's own RPC answers.
/// </para>
/// <para>
/// It guards no node of a client or a cluster that the library does not command safely, such as one that votes by Alpenglow (docs/clients.md): it says so, and stays <see cref="GuardState.NotGuarding"/>.
/// A guard that began before its cluster changed to Alpenglow stops then.
/// </para>
/// <para>A landed vote that the node's own tower lacks comes from another node. Then this node is demoted at once, even if it hangs.</para>
/// <para>When the whole cluster is halted it waits: all witnesses answer, and none has a new slot. Give it the same witnesses as the monitor; only the inactive node's own RPC may be left out.</para>
/// <para>Thread-safe.</para>
/// </remarks>
public sealed class NodeGuard
{
    private readonly ValidatorNode _node;
    private readonly Pubkey _stakedIdentity;
    private readonly GuardTimings _timings;
    private readonly ObserverFeed _observers;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;
    private readonly long _begun;
    private readonly ClusterReading _cluster;
    private readonly GuardEyes _eyes;
    private Task _beating = Task.CompletedTask;
    private TimeSpan _beatAt = TimeSpan.MinValue / 2;
    private int _isRunning;
    private string? _toldWhyNot;

    /// <summary>Creates a guard; nothing is asked yet.</summary>
    /// <param name="node">Its own node, with a local shell.</param>
    /// <param name="stakedIdentity">The staked identity.</param>
    /// <param name="witnesses">RPC nodes of the cluster, in addition to the node's own.</param>
    /// <param name="timings">Its times, equal to those of the monitor; null for the defaults.</param>
    /// <param name="loggerFactory">For its log; null for none.</param>
    /// <param name="timeProvider">The clock; null for the system's.</param>
    /// <param name="towers">Reads its node's own tower, as that of the source; null for none. Then another node's votes count as its own while its validator hangs.</param>
    /// <exception cref="InvalidSettingsException">The times are wrong; the message holds all errors.</exception>
    public NodeGuard(
        ValidatorNode node,
        Pubkey stakedIdentity,
        IReadOnlyList<Witness> witnesses,
        GuardTimings? timings = null,
        ILoggerFactory? loggerFactory = null,
        TimeProvider? timeProvider = null,
        ITowerTransport? towers = null)
    {
        ArgumentNullException.ThrowIfNull(node);
        ArgumentNullException.ThrowIfNull(stakedIdentity);
        ArgumentNullException.ThrowIfNull(witnesses);
        _timings = timings?.Copy() ?? new GuardTimings();
        InvalidSettingsException.ThrowIfAny([.. _timings.Validate(TimeSpan.MaxValue), .. NamesOf(node, witnesses)]);
        _node = node;
        _stakedIdentity = stakedIdentity;
        _time = timeProvider ?? TimeProvider.System;
        _begun = _time.GetTimestamp();
        _observers = new ObserverFeed(_time);
        _logger = BackgroundLogger.Behind(_observers, loggerFactory, FailoverTelemetry.LogCategory);
        _eyes = new GuardEyes(node, stakedIdentity, towers, _timings, _time);
        _cluster = new ClusterReading([new Witness { Name = node.Name, Rpc = node.Rpc }, .. witnesses], stakedIdentity, _time);
    }

    private TimeSpan Now => _time.GetElapsedTime(_begun);

    /// <summary>
    /// Guards until it is canceled; then it returns. Throws nothing for what a host or an RPC does. A demotion that has begun completes its pass.
    /// </summary>
    /// <param name="progress">Receives reports, in order and late, on a thread of its own. It may be slow and may throw without affecting the guard.</param>
    /// <param name="cancellationToken">Ends the guard.</param>
    /// <exception cref="InvalidOperationException">It already runs.</exception>
    public async Task RunAsync(IProgress<GuardReport>? progress = null, CancellationToken cancellationToken = default)
    {
        if (Interlocked.Exchange(ref _isRunning, 1) != 0)
        {
            throw new InvalidOperationException("The guard runs already.");
        }

        try
        {
            await GuardAsync(progress, cancellationToken).ConfigureAwait(false);
            await _observers.SettleAsync().ConfigureAwait(false);
        }
        finally
        {
            Volatile.Write(ref _isRunning, 0);
        }
    }

    /// <summary>Two witnesses with one name would count as one.</summary>
    private static IEnumerable<string> NamesOf(ValidatorNode node, IReadOnlyList<Witness> witnesses) =>
        witnesses.Select(static witness => witness.Name).Append(node.Name).GroupBy(static name => name, StringComparer.Ordinal).Where(static same => same.Count() > 1)
            .Select(static same => $"{nameof(witnesses)} has the name '{same.Key}' more than once, the node's own counted in; give each another name.");

    private async Task GuardAsync(IProgress<GuardReport>? progress, CancellationToken cancellationToken)
    {
        await BeginAsync(progress, cancellationToken).ConfigureAwait(false);
        var history = GuardHistory.Begin(_timings, _node.Name, Now);
        while (!cancellationToken.IsCancellationRequested)
        {
            var asked = Now;
            history = await ProbeAsync(history, asked, cancellationToken).ConfigureAwait(false);
            if (cancellationToken.IsCancellationRequested)
            {
                return;
            }

            if (_eyes.Refusal is { } refusal)
            {
                TellNotGuarding(progress, $"{refusal.Seen}; {refusal.WayOut}");
            }
            else if (history.MustDemote(Now))
            {
                await DemoteAsync(history, progress, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                Beat();
                Tell(progress, history, StateOf(history), ReasonOf(history));
            }

            // The reading at the deadline decides, so it is not delayed.
            var next = asked + _timings.Interval;
            var until = history.Deadline > Now && history.Deadline < next ? history.Deadline : next;
            if (until > Now)
            {
                await _time.PauseAsync(until - Now, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Reads the node until the guard may begin.</summary>
    private async Task BeginAsync(IProgress<GuardReport>? progress, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested && await _eyes.WhyNotYetAsync(cancellationToken).ConfigureAwait(false) is { } whyNot)
        {
            TellNotGuarding(progress, whyNot);
            await _time.PauseAsync(_timings.Interval, cancellationToken).ConfigureAwait(false);
        }
    }

    private void TellNotGuarding(IProgress<GuardReport>? progress, string whyNot)
    {
        if (whyNot != _toldWhyNot)
        {
            FailoverLog.GuardNotGuarding(_logger, _node.Name, whyNot);
        }

        _toldWhyNot = whyNot;
        Report(progress, GuardState.NotGuarding, whyNot, TimeSpan.Zero, lastVote: null);
    }

    /// <summary>No call waits for it: the guard works even if its heartbeat fails.</summary>
    private void Beat()
    {
        if (_node.Heartbeat is { } heartbeat && _beating.IsCompleted && Now - _beatAt >= _timings.DemoteAfter / 4)
        {
            _beatAt = Now;
            _beating = BoundedCall.RunAsync(heartbeat.BeatAsync, _timings.DemoteAfter, _time);
        }
    }

    private async Task<GuardHistory> ProbeAsync(GuardHistory history, TimeSpan asked, CancellationToken cancellationToken)
    {
        var seeing = _eyes.SeeNodeAsync();
        var client = _eyes.SeeClientAsync(cancellationToken);
        var look = await _cluster.TakeAsync(asked, _timings.Interval, cancellationToken).ConfigureAwait(false);
        var node = await seeing.ConfigureAwait(false);
        await client.ConfigureAwait(false);

        // A validator whose own RPC answers is up, even without its socket.
        if (_eyes.HasNoSocket && look.Witnesses.Any(witness => witness.Name == _node.Name && witness.Slot is not null))
        {
            node = GuardedNode.Silent;
        }

        // Read after the witnesses' answers, so that it contains every own vote that they have seen.
        return history.After(look, node, await _eyes.OwnVoteAsync(_timings.Interval - (Now - asked)).ConfigureAwait(false));
    }

    private async Task DemoteAsync(GuardHistory history, IProgress<GuardReport>? progress, CancellationToken cancellationToken)
    {
        FailoverLog.GuardDemotes(_logger, _node.Name, ReasonOf(history));
        Tell(progress, history, GuardState.Demoting, ReasonOf(history));
        var demotion = new SelfDemotion(_node, _stakedIdentity, _timings, _logger, _time);
        while (true)
        {
            if (await demotion.TryAsync().ConfigureAwait(false) is { } how)
            {
                FailoverLog.GuardDemoted(_logger, _node.Name, how);
                Tell(progress, history, GuardState.Demoted, how);
                return;
            }

            Tell(progress, history, GuardState.Demoting, $"the node is not demoted yet, and it is tried again; an operator may {demotion.Left}");
            await _time.PauseAsync(_timings.Interval, cancellationToken).ConfigureAwait(false);
            if (cancellationToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private void Tell(IProgress<GuardReport>? progress, GuardHistory history, GuardState state, string reason) =>
        Report(progress, state, reason, history.IsStaked && !history.StandsStill ? Now - history.CountsFrom : TimeSpan.Zero, history.LastVote);

    private void Report(IProgress<GuardReport>? progress, GuardState state, string reason, TimeSpan silence, ulong? lastVote)
    {
        if (progress is null)
        {
            return;
        }

        var report = new GuardReport { At = _time.GetUtcNow(), State = state, Reason = reason, Silence = silence, LastVote = lastVote };
        _observers.Post(() => progress.Report(report));
    }

    private static GuardState StateOf(GuardHistory history) =>
        !history.IsStaked ? GuardState.Idle
        : history.StandsStill ? GuardState.ClusterHalted
        : GuardState.Guarding;

    private string ReasonOf(GuardHistory history)
    {
        var silence = FormattableString.Invariant($"{(Now - history.CountsFrom).TotalSeconds:0.#} s");
        return !history.IsStaked ? "the node does not run the staked identity"
            : history.StandsStill ? "every witness answers, and none has seen a new slot for long"
            : history.ForeignVote is { } foreign ? $"a vote for slot {foreign} has landed, and the node's own tower does not have it: another node has the staked identity"
            : history.SomebodyElseVotes ? "votes land, and its own validator is not up: another node has the staked identity"
            : history.IsBlind ? $"no witness answers, and no vote was seen to land for {silence}"
            : history.LastVote is { } vote ? $"no vote newer than slot {vote} was seen to land for {silence}"
            : $"no vote was seen to land for {silence}";
    }
}
