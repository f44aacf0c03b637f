namespace Tachyon.Failover.Runs;

/// <summary>What a preflight reads besides the checks. A run reads twice, and does not repeat what cannot have changed. A caller who only asks gets all at once.</summary>
/// <param name="OfTargetAlone">Whether the source is left out, as in a takeover: it is not asked, and findings about it do not count.</param>
/// <param name="AtReplay">Whether to wait until the target replays blocks, which takes a second.</param>
/// <param name="AtWindow">Whether to search the leader schedule for a restart window.</param>
internal readonly record struct SurveyScope(bool OfTargetAlone, bool AtReplay, bool AtWindow)
{
    /// <summary>For the question whether a switchover could begin.</summary>
    public static SurveyScope Switchover { get; } = new(OfTargetAlone: false, AtReplay: true, AtWindow: true);

    /// <summary>For the question whether a takeover could begin, without the evidence.</summary>
    public static SurveyScope Takeover { get; } = new(OfTargetAlone: true, AtReplay: true, AtWindow: false);

    /// <summary>The first survey of a run. Only the second one waits for the target to replay.</summary>
    public SurveyScope First => this with { AtReplay = false };

    /// <summary>The second look of a run, under its locks. The step that found the window checks it again.</summary>
    public SurveyScope Second => this with { AtWindow = false };
}
