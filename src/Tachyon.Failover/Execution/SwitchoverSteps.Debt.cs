using Tachyon.Failover.Identities;
using Tachyon.Failover.Preflight;

namespace Tachyon.Failover.Execution;

/// <summary>What takeovers of before have left to be done, as far as it stands in a step's way.</summary>
internal sealed partial class SwitchoverSteps
{
    /// <summary>And whether nothing is owed on the target, which a takeover took the identity from: in its state it may do anything.</summary>
    private async Task<CallResult> PreflightWithDebtAsync(CancellationToken cancellationToken)
    {
        var looked = await PreflightAsync(cancellationToken).ConfigureAwait(false);
        return looked.IsDone
            ? RefusalOfDebt(await ReadJournalAsync(cancellationToken).ConfigureAwait(false)) ?? looked
            : looked;
    }

    /// <summary>The journal, for the nodes as they were seen last.</summary>
    private async Task<JournalLook> ReadJournalAsync(CancellationToken cancellationToken) =>
        _journal = (await JournalLook.ReadAsync(options, given, run, time, cancellationToken).ConfigureAwait(false)).Meeting(_survey?.Source, _survey?.Target);

    /// <summary>Why no takeover is begun with this journal; null if one may be.</summary>
    private CallResult? RefusalOfJournal() => options.Journal.OutlivesProcess ? null : CallResult.NotDone(
        CallFailure.Refused,
        $"the journal ends with this process, and a takeover leaves a debt on {Pair.Source.Name} that must not be forgotten; give {nameof(FailoverOptions)}.{nameof(FailoverOptions.Journal)} a {nameof(Journal.FileFailoverJournal)}");

    private CallResult? RefusalOfDebt(JournalLook journal) => options.Rules.KeepsDebt && journal.OwedBy(Pair.Target) is { } by
        ? CallResult.NotDone(CallFailure.Refused, $"the takeover {by} took the identity from {Pair.Target.Name}, or from a node that may be it under another name, and nobody has seen {Pair.Target.Name} made an inactive node since; SettleDebtAsync of the coordinator does that")
        : null;

    /// <summary>Whether a node was seen as an inactive one; its tower is moved aside besides.</summary>
    private bool IsInactive(NodeSurvey node) =>
        node.ContactInfo.Value is { } info && !info.Identity.Equals(Pair.StakedIdentity) && node.Link.Value?.Identity == IdentityRole.Unstaked;
}
