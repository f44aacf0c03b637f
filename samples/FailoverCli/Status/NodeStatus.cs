using System.Globalization;
using Tachyon.Failover.Identities;

namespace Tachyon.Failover.Cli.Status;

/// <summary>A node in the output of <c>status</c>.</summary>
/// <param name="Finding">The diagnosis of its validator.</param>
/// <param name="Address">The node's address.</param>
/// <param name="Slot">Its newest slot; null if its RPC did not answer.</param>
/// <param name="Health">Its RPC's answer to getHealth.</param>
/// <param name="Version">Its version; null if its RPC did not answer.</param>
internal sealed record NodeStatus(NodeDiagnosis Finding, string Address, ulong? Slot, string Health, string? Version)
{
    public string Runs => Finding.Condition switch
    {
        NodeCondition.Running => Finding.Identity switch { IdentityRole.Staked => "staked", IdentityRole.Unstaked => "unstaked", _ => "another identity" },
        NodeCondition.Starting => "starting",
        NodeCondition.NotRunning => "no validator runs",
        _ => "does not answer",
    };

    public string Votes => Finding.Votes switch { true => "yes", false => "no", _ => "not known" };

    public string Link => Finding.Link switch { IdentityRole.Staked => "staked", IdentityRole.Unstaked => "unstaked", _ => IsReached ? "neither keypair" : "not known" };

    public string Tower => Finding.LastVotedSlot is { } slot ? string.Create(CultureInfo.InvariantCulture, $"last vote {slot}") : IsReached ? "none that can be used" : "not known";

    private bool IsReached => Finding.Condition != NodeCondition.Unreachable;
}
