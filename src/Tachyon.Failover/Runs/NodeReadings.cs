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
}
