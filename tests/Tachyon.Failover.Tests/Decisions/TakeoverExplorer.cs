using System.Collections.Immutable;
using Tachyon.Failover.Decisions;

namespace Tachyon.Failover.Tests.Decisions;

/// <summary>
/// Explores every path of a takeover by the grade <see cref="EvidenceGrade.Fenced"/> with a number of mishaps, together with the truth. The source is alive all the time, and votes until
/// a step prevents it. Reports when the truth breaks an invariant.
/// </summary>
internal sealed class TakeoverExplorer(int mishaps, bool mayStop)
{
    private enum Answer
    {
        Done,
        Refused,
        DoneButLost,
        NotDoneAndLost,
    }

    public Dictionary<FailoverOutcome, int> Outcomes { get; } = [];

    public int Promotions { get; private set; }

    public List<string> Broken { get; } = [];

    public void Explore() => Go(
        RunState.StartOfTakeover(new TakeoverFacts { MinimumGrade = EvidenceGrade.Fenced, AllowStop = mayStop }), new PairWorld(), new SourceReach { ShellAnswers = true }, mishaps, []);

    private void Go(RunState state, PairWorld world, SourceReach reach, int left, ImmutableList<string> path)
    {
        if (Broken.Count > 0 || path.Count > 60)
        {
            Check(path.Count <= 60 ? null : "the way has no end", path);
            return;
        }

        var move = SwitchoverProtocol.Next(state);
        if (move.End is { } outcome)
        {
            End(state, world, outcome, path);
            return;
        }

        Leg(state, world, reach, move.Leg, 0, left, path);
        if (state is { FirstFailure: not null, OutOfTime: false })
        {
            Go(state with { OutOfTime = true }, world, reach, left, path.Add("time is up"));
        }
    }

    private void Leg(RunState state, PairWorld world, SourceReach reach, ImmutableArray<FailoverStep> leg, int index, int left, ImmutableList<string> path)
    {
        if (index == leg.Length)
        {
            Go(state, world, reach, left, path);
            return;
        }

        var step = leg[index];
        foreach (var answer in Answers(step, world, left))
        {
            var after = answer is not (Answer.Done or Answer.DoneButLost) ? world

                // A supervisor restarts it, through its link.
                : step == FailoverStep.StopSource ? world.WithRestart(NodeSide.Source)
                : world.After(step);
            var walked = path.Add($"{step}: {answer}");
            Promotions += step == FailoverStep.PromoteTarget && after.TargetIdentity == IdentityRole.Staked ? 1 : 0;
            Check(after.Broken(), walked);
            Check(
                step == FailoverStep.MoveKeeperLink && state is { SourceIsDown: true, Takeover.Evidence.IsShown: false } ? "it was stopped, no look has shown that it was not, and its link is put back to the staked keypair" : null,
                walked);
            var known = Learn(reach, step, answer, after);
            Leg(state.After(Observe(step, answer, after, known)), after, known, leg, index + 1, left - (answer == Answer.Done ? 0 : 1), walked);
        }
    }

    /// <summary>The run's own record of the lost node, and what a look at it shows.</summary>
    private static SourceReach Learn(SourceReach reach, FailoverStep step, Answer answer, PairWorld world) => (step, answer) switch
    {
        (FailoverStep.SealSource, Answer.Done) => reach with { IsSealed = true },
        (FailoverStep.StopSource, Answer.Done) => reach with { WasStopped = true, IsStopped = true },
        (FailoverStep.AssessEvidence, Answer.Done) => reach with
        {
            ShellAnswers = true,
            LinkIsUnstaked = world.SourceLink == IdentityRole.Unstaked,
            IsDemoted = world.SourceIdentity == IdentityRole.Unstaked,
            IsStopped = !reach.WasStopped ? null : world.SourceIdentity == IdentityRole.Unstaked,
        },
        (FailoverStep.AssessEvidence, _) => reach with { ShellAnswers = false, LinkIsUnstaked = null, IsDemoted = null, IsStopped = null },
        _ => reach,
    };

    private static IEnumerable<Answer> Answers(FailoverStep step, PairWorld world, int left) =>
        step == FailoverStep.PromoteTarget && !world.TowerOnTarget ? left > 0 ? [Answer.Refused] : []
        : IsProbeForVotes(step) && !Votes(step, world) ? [Answer.Refused]
        : left == 0 ? [Answer.Done]
        : step == FailoverStep.AssessEvidence ? [Answer.Done, Answer.NotDoneAndLost]
        : [Answer.Done, Answer.Refused, Answer.DoneButLost, Answer.NotDoneAndLost];

    private static bool IsProbeForVotes(FailoverStep step) => step is FailoverStep.Verify or FailoverStep.SeeTargetVote or FailoverStep.SeeKeeperVote;

    private static bool Votes(FailoverStep step, PairWorld world) => step == FailoverStep.SeeKeeperVote ? world.SourceVotes : world.TargetVotes;

    private static IdentityRole IdentityOf(FailoverStep step, PairWorld world) => step == FailoverStep.SeeKeeperVote ? world.SourceIdentity : world.TargetIdentity;

    private static StepObservation Observe(FailoverStep step, Answer answer, PairWorld world, SourceReach reach)
    {
        if (step == FailoverStep.AssessEvidence)
        {
            var policy = new TakeoverPolicy();
            var evidence = EvidenceScale.Weigh(reach, new SilenceFacts(), policy);
            return new StepObservation(step, CallResult.Done(), Evidence: new EvidenceFacts(evidence.Grade, EvidenceScale.MayReach(evidence, reach, policy), reach.ShellAnswers, IsShown: !reach.MayBeFenced));
        }

        var result = answer switch
        {
            Answer.Done => CallResult.Done(),
            Answer.Refused => CallResult.NotDone(CallFailure.Unrecognized),
            _ => CallResult.Unknown(CallFailure.ConnectionLost),
        };
        IdentityRole? seen = (step, answer) switch
        {
            (FailoverStep.ProbeOther, Answer.Done) => world.TargetIdentity,
            (FailoverStep.ProbeKeeper, Answer.Done) => world.SourceIdentity,
            _ when IsProbeForVotes(step) => Votes(step, world) && answer != Answer.Done ? null : IdentityOf(step, world),
            _ => null,
        };
        return new StepObservation(step, result, seen);
    }

    private void End(RunState state, PairWorld world, FailoverOutcome outcome, ImmutableList<string> path)
    {
        Outcomes[outcome] = Outcomes.GetValueOrDefault(outcome) + 1;
        Check(
            outcome == FailoverOutcome.Completed && !world.TargetVotes ? "it says completed, and the target does not vote"
            : outcome is FailoverOutcome.RolledBack or FailoverOutcome.Refused && !world.SourceVotes ? $"it says {outcome}, and the source does not vote"
            : outcome is FailoverOutcome.RolledBack && world.SourceLink != IdentityRole.Staked ? "it says rolled back, and the source's link does not bring the identity back"
            : outcome == FailoverOutcome.Completed && TakeoverProtocol.IsSettled(state) && (world.SourceLink != IdentityRole.Unstaked || world.SourceIdentity != IdentityRole.Unstaked)
                ? "it says that nothing is owed, and the source is no inactive node"
            : null,
            path.Add($"{outcome}, identity at {state.Location}"));
    }

    private void Check(string? broken, ImmutableList<string> path)
    {
        if (broken is not null && Broken.Count < 5)
        {
            Broken.Add($"{broken}:\n  {string.Join("\n  ", path)}");
        }
    }
}
