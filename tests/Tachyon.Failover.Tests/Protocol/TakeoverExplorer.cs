using System.Collections.Immutable;
using Tachyon.Failover.Identities;
using Tachyon.Failover.Protocol;
using Tachyon.Failover.Takeover;

namespace Tachyon.Failover.Tests.Protocol;

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

    public Dictionary<SwitchoverOutcome, int> Outcomes { get; } = [];

    public int Promotions { get; private set; }

    public List<string> Broken { get; } = [];

    public void Explore() => Go(
        SwitchoverState.StartOfTakeover(new TakeoverFacts { LeastGrade = EvidenceGrade.Fenced, MayStop = mayStop }), new PairWorld(), new SourceReach { ShellAnswers = true }, mishaps, []);

    private void Go(SwitchoverState state, PairWorld world, SourceReach reach, int left, ImmutableList<string> path)
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
        if (state is { Setback: not null, OutOfTime: false })
        {
            Go(state with { OutOfTime = true }, world, reach, left, path.Add("time is up"));
        }
    }

    private void Leg(SwitchoverState state, PairWorld world, SourceReach reach, ImmutableArray<SwitchoverStep> leg, int index, int left, ImmutableList<string> path)
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
                : step == SwitchoverStep.StopSource ? world.WithRestart(NodeSide.Source)
                : world.After(step);
            var walked = path.Add($"{step}: {answer}");
            Promotions += step == SwitchoverStep.Promote && after.TargetIdentity == IdentityRole.Staked ? 1 : 0;
            Check(after.Broken(), walked);
            Check(
                step == SwitchoverStep.RestoreLink && state is { SourceIsDown: true, Takeover.Evidence.IsShown: false } ? "it was stopped, no look has shown that it was not, and its link is put back to the staked keypair" : null,
                walked);
            var known = Learn(reach, step, answer, after);
            Leg(state.After(Observe(step, answer, after, known)), after, known, leg, index + 1, left - (answer == Answer.Done ? 0 : 1), walked);
        }
    }

    /// <summary>The run's own record of the lost node, and what a look at it shows.</summary>
    private static SourceReach Learn(SourceReach reach, SwitchoverStep step, Answer answer, PairWorld world) => (step, answer) switch
    {
        (SwitchoverStep.Seal, Answer.Done) => reach with { IsSealed = true },
        (SwitchoverStep.StopSource, Answer.Done) => reach with { WasStopped = true, IsStopped = true },
        (SwitchoverStep.Weigh, Answer.Done) => reach with
        {
            ShellAnswers = true,
            LinkIsUnstaked = world.SourceLink == IdentityRole.Unstaked,
            IsDemoted = world.SourceIdentity == IdentityRole.Unstaked,
            IsStopped = !reach.WasStopped ? null : world.SourceIdentity == IdentityRole.Unstaked,
        },
        (SwitchoverStep.Weigh, _) => reach with { ShellAnswers = false, LinkIsUnstaked = null, IsDemoted = null, IsStopped = null },
        _ => reach,
    };

    private static IEnumerable<Answer> Answers(SwitchoverStep step, PairWorld world, int left) =>
        step == SwitchoverStep.Promote && !world.TowerOnTarget ? left > 0 ? [Answer.Refused] : []
        : IsLookForVotes(step) && !Votes(step, world) ? [Answer.Refused]
        : left == 0 ? [Answer.Done]
        : step == SwitchoverStep.Weigh ? [Answer.Done, Answer.NotDoneAndLost]
        : [Answer.Done, Answer.Refused, Answer.DoneButLost, Answer.NotDoneAndLost];

    private static bool IsLookForVotes(SwitchoverStep step) => step is SwitchoverStep.Verify or SwitchoverStep.SeeTargetVote or SwitchoverStep.SeeSourceVote;

    private static bool Votes(SwitchoverStep step, PairWorld world) => step == SwitchoverStep.SeeSourceVote ? world.SourceVotes : world.TargetVotes;

    private static IdentityRole IdentityOf(SwitchoverStep step, PairWorld world) => step == SwitchoverStep.SeeSourceVote ? world.SourceIdentity : world.TargetIdentity;

    private static StepObservation Observe(SwitchoverStep step, Answer answer, PairWorld world, SourceReach reach)
    {
        if (step == SwitchoverStep.Weigh)
        {
            var policy = new TakeoverPolicy();
            var evidence = EvidenceScale.Weigh(reach, new SilenceFacts(), policy);
            return new StepObservation(step, CallResult.Done(), Evidence: new EvidenceFacts(evidence.Grade, EvidenceScale.MayReach(evidence, reach, policy), reach.ShellAnswers, IsShown: !reach.MayBeFenced));
        }

        var result = answer switch
        {
            Answer.Done => CallResult.Done(),
            Answer.Refused => CallResult.NotDone(CallFailure.Unrecognised),
            _ => CallResult.Unknown(CallFailure.ConnectionLost),
        };
        IdentityRole? seen = (step, answer) switch
        {
            (SwitchoverStep.LookAtTarget, Answer.Done) => world.TargetIdentity,
            (SwitchoverStep.LookAtSource, Answer.Done) => world.SourceIdentity,
            _ when IsLookForVotes(step) => Votes(step, world) && answer != Answer.Done ? null : IdentityOf(step, world),
            _ => null,
        };
        return new StepObservation(step, result, seen);
    }

    private void End(SwitchoverState state, PairWorld world, SwitchoverOutcome outcome, ImmutableList<string> path)
    {
        Outcomes[outcome] = Outcomes.GetValueOrDefault(outcome) + 1;
        Check(
            outcome == SwitchoverOutcome.Completed && !world.TargetVotes ? "it says completed, and the target does not vote"
            : outcome is SwitchoverOutcome.Undone or SwitchoverOutcome.Refused && !world.SourceVotes ? $"it says {outcome}, and the source does not vote"
            : outcome is SwitchoverOutcome.Undone && world.SourceLink != IdentityRole.Staked ? "it says undone, and the source's link does not bring the identity back"
            : outcome == SwitchoverOutcome.Completed && TakeoverProtocol.IsSettled(state) && (world.SourceLink != IdentityRole.Unstaked || world.SourceIdentity != IdentityRole.Unstaked)
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
