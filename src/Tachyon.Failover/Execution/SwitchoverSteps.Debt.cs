using Tachyon.Failover.Identities;
using Tachyon.Failover.Preflight;

namespace Tachyon.Failover.Execution;

/// <summary>What takeovers of before have left to be done, as far as it stands in a step's way.</summary>
internal sealed partial class SwitchoverSteps
{
    /// <summary>The journal, for the nodes as they were seen last.</summary>
    private async Task<JournalLook> ReadJournalAsync(CancellationToken cancellationToken) =>
        _journal = (await JournalLook.ReadAsync(options, given, run, time, cancellationToken).ConfigureAwait(false)).Meeting(_survey?.Source, _survey?.Target);

    /// <summary>
    /// The takeover by which something is owed on the target; null if none is. A takeover takes one that is as settling would make it: its promotion ends that debt. In any other state it may do anything.
    /// </summary>
    private string? OwedByTarget(JournalLook journal, LookScope scope) =>
        options.Rules.KeepsDebt && !(scope.OfTargetAlone && IsInactive(_survey!.Target)) ? journal.OwedBy(Pair.Target) : null;

    /// <summary>Whether a node was seen as an inactive one; its tower is moved aside besides.</summary>
    private bool IsInactive(NodeSurvey node) =>
        node.ContactInfo.Value is { } info && !info.Identity.Equals(Pair.StakedIdentity) && node.Link.Value?.Identity == IdentityRole.Unstaked;
}
