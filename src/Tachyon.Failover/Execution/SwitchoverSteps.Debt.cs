using Tachyon.Failover.Identities;
using Tachyon.Failover.Preflight;

namespace Tachyon.Failover.Execution;

/// <summary>Pending demotions of earlier takeovers, as far as they stop a step.</summary>
internal sealed partial class SwitchoverSteps
{
    /// <summary>Reads the journal, for the nodes as they were last probed.</summary>
    private async Task<JournalReading> ReadJournalAsync(CancellationToken cancellationToken) =>
        _journal = (await JournalReading.ReadAsync(options, given, run, time, cancellationToken).ConfigureAwait(false)).Meeting(_survey?.Source, _survey?.Target);

    /// <summary>
    /// The takeover that left a pending demotion on the target; null if there is none. A takeover accepts a target that is already an inactive node: its promotion ends the pending demotion.
    /// A target in any other state is refused.
    /// </summary>
    private string? OwedByTarget(JournalReading journal, SurveyScope scope) =>
        options.Rules.KeepsDebt && !(scope.OfTargetAlone && IsInactive(_survey!.Target)) ? journal.OwedBy(Pair.Target) : null;

    /// <summary>Whether a node was seen as an inactive one. Its tower is moved aside separately.</summary>
    private bool IsInactive(NodeSurvey node) =>
        node.ContactInfo.Value is { } info && !info.Identity.Equals(Pair.StakedIdentity) && node.Link.Value?.Identity == IdentityRole.Unstaked;
}
