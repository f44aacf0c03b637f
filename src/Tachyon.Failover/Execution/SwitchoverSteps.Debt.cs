using Tachyon.Failover.Identities;
using Tachyon.Failover.Monitoring;
using Tachyon.Failover.Preflight;

namespace Tachyon.Failover.Execution;

/// <summary>What takeovers of before have left to be done, as far as it stands in a step's way.</summary>
internal sealed partial class SwitchoverSteps
{
    private JournalNode? _lostNode;

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
        (await JournalLook.ReadAsync(options, given, run, time, cancellationToken).ConfigureAwait(false)).Meeting(_survey?.Source, _survey?.Target);

    private CallResult? RefusalOfDebt(JournalLook journal) => options.Rules.KeepsDebt && journal.OwedBy(Pair.Target) is { } by
        ? CallResult.NotDone(CallFailure.Refused, $"the takeover {by} took the identity from {Pair.Target.Name}, or from a node that may be it under another name, and nobody has seen {Pair.Target.Name} made an inactive node since; SettleDebtAsync of the coordinator does that")
        : null;

    /// <summary>Reads which node it is that is lost, while the target is waited for: what is owed there must be found again when it comes back under another name.</summary>
    private async Task KnowLostNodeAsync()
    {
        if (_lost!.Reach.ShellAnswers && await BoundedCall.ReadAsync(Pair.Source.Host.InspectAsync, Policy.CallLimit, time).ConfigureAwait(false) is { IsDone: true } inspection)
        {
            _lostNode = JournalNode.Of(_survey!.Source with { Inspection = inspection }, Pair.StakedIdentity);
        }
    }

    /// <summary>Whether a node was seen as an inactive one; its tower is moved aside besides.</summary>
    private bool IsInactive(NodeSurvey node) =>
        node.ContactInfo.Value is { } info && !info.Identity.Equals(Pair.StakedIdentity) && node.Link.Value?.Identity == IdentityRole.Unstaked;
}
