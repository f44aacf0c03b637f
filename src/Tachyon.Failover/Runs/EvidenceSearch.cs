using System.Net;
using Tachyon.Failover.Decisions;
using Tachyon.Failover.Runtime;

namespace Tachyon.Failover.Runs;

/// <summary>Probes for the evidence that a lost node is not voting.</summary>
internal sealed class EvidenceSearch(RunContext run, TakeoverContext takeover)
{
    // Votes of a lost node landed until a moment ago. Votes of a node that is not lost land within this time.
    private static readonly TimeSpan VotesUnderWay = TimeSpan.FromSeconds(5);

    private IReadOnlyDictionary<string, IPEndPoint>? _ports;

    /// <summary>
    /// Probes until the evidence is sufficient, or is known not to become so. A fenced node needs no witnesses; a node with a fence does not wait for them.
    /// An action may have fenced the node although no probe showed it. So it is probed again, with more patience, and at least once before the fencing device acts.
    /// </summary>
    public async Task<TakeoverEvidence> RunAsync(FailoverStep step, CancellationToken cancellationToken)
    {
        var (lost, policy, watch, time) = (takeover.Lost, takeover.Policy, takeover.Watch, run.Time);
        var begun = time.GetTimestamp();
        var patience = (1.5 * policy.Detection.LostAfter) + TimeSpan.FromSeconds(10);
        for (var isPatient = false; ; isPatient = lost.Reach.MayBeFenced)
        {
            // All facts of one assessment are read at the same time: the node was silent while the witnesses were asked.
            takeover.WeighedAt = Moment.Now(time);
            var looking = lost.ProbeAsync(isPatient);
            if (lost.HasAnswered)
            {
                // It may be fenced. Then no witnesses are needed.
                await looking.ConfigureAwait(false);
            }

            // A node that can be read again needs none either. The answer of an external fence is compared with the chain.
            if (!lost.Reach.IsFenced || lost.FencedAt is not null || takeover.Evidence is null)
            {
                takeover.Silence = await SeeSilenceAsync(cancellationToken).ConfigureAwait(false);
            }

            await looking.ConfigureAwait(false);
            var evidence = HeldAgainstTower(EvidenceScale.Weigh(lost.Reach, takeover.Silence, policy));
            var looked = time.GetElapsedTime(begun);
            var mayShow = lost.Reach.MayBeFenced && !(isPatient && lost.Reach.HasFence);
            if (evidence.Grade >= policy.MinimumGrade
                || (policy.MinimumGrade == EvidenceGrade.Fenced && !mayShow)
                || (lost.Reach.ShellAnswers && takeover.Evidence is null)
                || (watch.Verdict.State == MonitorState.Healthy && looked > VotesUnderWay)
                || looked > patience)
            {
                return evidence;
            }

            run.Progress(step, watch.Verdict.ToString());
            await time.DelayAsync(watch.Options.Interval, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>A vote that landed after the tower's newest one shows that a node votes, or that the tower is not complete.</summary>
    private TakeoverEvidence HeldAgainstTower(TakeoverEvidence evidence) =>
        run.LastKnownVote is { } last && takeover.Landed > last
            ? evidence.With(it => { it.Grade = EvidenceGrade.None; it.Facts = [.. evidence.Facts, new(NoteCodes.VoteAfterTower, run.Pair.Target.Name, $"a vote for slot {takeover.Landed} has landed, and the tower that was taken ends with slot {last}", ("slot", takeover.Landed), ("lastVote", last))]; })
            : evidence;

    /// <summary>What the cluster and the node's ports show of a lost node.</summary>
    private async Task<SilenceFacts> SeeSilenceAsync(CancellationToken cancellationToken)
    {
        var (watch, pair) = (takeover.Watch, run.Pair);
        var looking = watch.ProbeInTurnAsync(cancellationToken);
        using var limit = new CancellationTokenSource(TakeoverContext.LimitsToSee * takeover.Policy.CallTimeout, run.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        _ports = _ports is { Count: > 0 } ? _ports : await PortsProbe.FindAsync(pair.AllWitnesses, pair.StakedIdentity, either.Token).ConfigureAwait(false);
        var ports = _ports.Count > 0 && pair.Ports is { } probe ? await PortsProbe.TryAsync(probe, _ports, either.Token).ConfigureAwait(false) : null;
        await looking.ConfigureAwait(false);
        var sight = watch.History.Sight;
        return new SilenceFacts
        {
            SilentWitnesses = sight.SilentWitnesses,
            Witnesses = sight.Witnesses,
            Silence = sight.Silence,
            LastVote = sight.LastVote,
            Slot = sight.Slot,
            Ports = ports,
            GuardWasHeard = watch.GuardWasHeard,
            UnknownReason = sight.UnknownReason,
        };
    }
}
