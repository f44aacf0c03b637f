using Tachyon.Failover.Decisions;
using Tachyon.Failover.Preflight;

namespace Tachyon.Failover.Runs;

/// <summary>Takes from a survey what is compared with the settings before any change.</summary>
internal static class NodeReadings
{
    /// <summary>What was read of a node. The keys come from the identity link or, without a link, from the inspection.</summary>
    public static NodeReading Reading(this NodeSurvey survey)
    {
        var (link, inspection) = (survey.Link.Value, survey.Inspection.Value);
        return NodeReading.Of(survey.Name, link, survey.ContactInfo.Value?.Identity) with
        {
            WasAnswered = link is not null || inspection is not null,
            StakedKey = link is not null ? link.StakedKey : inspection?.StakedIdentity,
            UnstakedKey = link is not null ? link.UnstakedKey : inspection?.UnstakedIdentity,
            StartedWith = inspection?.Process?.Identity is { IsAsInSettings: false } other ? other.Path : null,
        };
    }

    /// <summary>The node as the journal knows it: by the key in its unstaked keypair file, or by the identity that it runs. Swapped keypairs in the settings do not change that.</summary>
    public static JournalNode InJournal(this NodeSurvey survey, Pubkey stakedIdentity) =>
        JournalNode.Of(survey.Name, stakedIdentity, survey.Link.Value?.UnstakedKey, survey.Inspection.Value?.UnstakedIdentity, survey.ContactInfo.Value?.Identity);
}
