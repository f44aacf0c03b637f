using Tachyon.Failover.Decisions;
using Tachyon.Failover.Runtime;

namespace Tachyon.Failover.Runs;

/// <summary>What the steps of a takeover share besides the context of every run. Each fact has one writer, and its comment names the step.</summary>
internal sealed class TakeoverContext(RunContext run, TakeoverCall call)
{
    /// <summary>One call finds the ports, another tries them.</summary>
    public const int LimitsToSee = 2;

    public TakeoverPolicy Policy => call.Policy;

    public ValidatorMonitor Watch => call.Watch;

    /// <summary>The lost node, which every step that touches it changes.</summary>
    public LostNode Lost { get; } = new(run.Given, call.Policy, run.Options.Drain, run.Time);

    /// <summary>AssessEvidence: the newest evidence; null before the first assessment.</summary>
    public TakeoverEvidence? Evidence { get; set; }

    /// <summary>AssessEvidence: what the cluster and the ports show.</summary>
    public SilenceFacts Silence { get; set; } = new();

    /// <summary>AssessEvidence: when it began.</summary>
    public Moment WeighedAt { get; set; }

    /// <summary>ChooseTower: the newest landed vote if the target rebuilds its tower from the chain; null otherwise.</summary>
    public ulong? RebuiltFrom { get; set; }

    /// <summary>The newest landed vote. The witnesses take precedence. The answer of a single RPC counts only without them.</summary>
    public ulong Landed => Watch.History.Sight.LastVote ?? run.VoteAccount?.LastVote ?? 0;

    /// <summary>By the witnesses' clocks, and by the chain's, which also covers the time before this program started.</summary>
    public TimeSpan SilenceSoFar => Watch.History.Sight is { Slot: { } slot, LastVote: { } vote } sight && slot > vote && (slot - vote) * run.Options.Slot is var slots && slots > sight.Silence
        ? slots
        : Silence.Silence;

    /// <summary>
    /// After how long the target rejects a promotion that is late. After a fence that outlives a restart, only an operator can let the source vote again.
    /// A source that was only silent, or whose power was cut, may resume by itself.
    /// </summary>
    public TimeSpan PromotionMayWait => Lost.Reach is { IsFenced: true, LinkIsUnstaked: true }
        ? OrderLimit.LeftAfter(WeighedAt.Age(run.Time))
        : LongestWeighing + Policy.CallTimeout - WeighedAt.Age(run.Time);

    private TimeSpan LongestWeighing => TimeSpan.FromTicks(Math.Max(LimitsToSee * Policy.CallTimeout.Ticks, Watch.Options.ReadTimeout.Ticks));
}
