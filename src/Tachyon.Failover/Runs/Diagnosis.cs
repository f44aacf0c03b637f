using Tachyon.Failover.Decisions;
using Tachyon.Failover.Towers;

namespace Tachyon.Failover.Runs;

/// <summary>Turns probes and the verdict on them into the text of a result.</summary>
internal static class Diagnosis
{
    public static PairDiagnosis Of(PairProbe look, ValidatorPair pair)
    {
        var verdict = PairVerdict.Of(look.Facts);
        return new PairDiagnosis
        {
            StakedIdentity = pair.StakedIdentity,
            State = verdict.State,
            Reason = verdict.Reason,
            Action = verdict.Action,
            IdentityAt = verdict.IdentityAt,
            Source = Finding(NodeSide.Source),
            Target = Finding(NodeSide.Target),
            LastLandedVote = look.VoteAccount?.LastVote,
            Interrupted = [.. look.Journal.Interrupted.Where(run => !look.AtWork.Any(holder => LockOwner.IsOf(holder, run)))],
            InProgress = look.AtWork,
            Notes = [.. NotesOnClient(look), .. Notes(look)],

            // Another run is in progress, so the probes show an intermediate state. No command is recommended from it.
            OperatorActions = look.AtWork.Count > 0 ? [] : [.. RecoveryTasks.Of(verdict, look.Facts, pair.Names()).On(pair)],
        };

        NodeDiagnosis Finding(NodeSide side)
        {
            var facts = look.Facts.On(side);
            var tower = side == NodeSide.Source ? look.Survey.Source.Tower : look.Survey.Target.Tower;
            return new NodeDiagnosis
            {
                Name = pair.On(side).Name,
                Condition = facts.Condition,
                Identity = facts.Identity,
                OtherIdentity = facts.OtherIdentity,
                Link = facts.Link,
                Votes = facts.Votes,
                LastVotedSlot = look.TowerOn(side)?.Tower?.LastVotedSlot,
                Tower = WordsFor(look.TowerOn(side), tower),
            };
        }
    }

    /// <summary>The note that every verb refuses the pair, and the way out; empty if none does.</summary>
    public static IEnumerable<FailoverNote> NotesOnClient(PairProbe? look) => look?.Facts.Client is { } client
        ? [new FailoverNote(NoteCodes.ClientRefused, client.Node, $"Every verb refuses this pair, and nothing was changed. The way out: {client.WayOut}")]
        : [];

    private static IEnumerable<FailoverNote> Notes(PairProbe look)
    {
        if (look.AtWork.Count > 0)
        {
            yield return new FailoverNote(NoteCodes.RunInProgress, node: null, $"Another run is in progress, by {string.Join("; ", look.AtWork)}. The nodes may be in an intermediate state: wait for its end, and diagnose again.");
        }

        if (look.Journal.Failure is { } failure)
        {
            yield return new FailoverNote(NoteCodes.JournalUnread, node: null, $"The journal could not be read: {failure}");
        }
    }

    /// <summary>For a probe that ended early: a part of an embedder threw, or the caller canceled.</summary>
    public static PairDiagnosis NotProbed(ValidatorPair pair) => new()
    {
        StakedIdentity = pair.StakedIdentity,
        State = PairState.Unknown,
        Reason = "The nodes were not probed.",
        Action = RecoveryAction.AskOperator,
        IdentityAt = IdentityLocation.Unknown,
        Source = new NodeDiagnosis { Name = pair.Source.Name, Condition = NodeCondition.Unreachable, Tower = "not read." },
        Target = new NodeDiagnosis { Name = pair.Target.Name, Condition = NodeCondition.Unreachable, Tower = "not read." },
        Notes = [],
        OperatorActions = [.. RecoveryTasks.Of(PairVerdict.Of(new PairFacts()), new PairFacts(), pair.Names()).On(pair)],
    };

    private static string WordsFor(TowerVerdict? verdict, CallResult<TowerFile> read) =>
        verdict?.ToString() ?? (read.Call.Failure == CallFailure.TowerMissing ? "none." : $"not read, {read.Call}.");
}
