using Tachyon.Failover.Decisions;
using Tachyon.Failover.Runtime;

namespace Tachyon.Failover.Runs;

/// <summary>Assesses the evidence that the lost node is not voting, before any change and again right before the promotion.</summary>
internal sealed class AssessEvidenceStep(RunContext run, TakeoverContext takeover) : RunStep(FailoverStep.AssessEvidence)
{
    private readonly EvidenceSearch _search = new(run, takeover);

    public override async Task<StepObservation> RunAsync(CancellationToken cancellationToken)
    {
        takeover.WeighedAt = Moment.Now(run.Time);
        var evidence = await _search.RunAsync(Step, cancellationToken).ConfigureAwait(false);
        takeover.Evidence = evidence;
        var lost = takeover.Lost;
        if (lost.Before.RefusalAsLost(run.Pair.StakedIdentity) is { } misread)
        {
            return new StepObservation(Step, CallResult.NotDone(CallFailure.Refused, misread));
        }

        // A node whose files cannot be read is left alone, even if other parts of it answer.
        var mayBeChanged = lost.Reach.ShellAnswers && lost.Before.WasAnswered;
        var facts = new EvidenceFacts(evidence.Grade, EvidenceScale.MayReach(evidence, lost.Reach, takeover.Policy), mayBeChanged, IsShown: !lost.Reach.MayBeFenced);
        return new StepObservation(Step, CallResult.Done($"{evidence.Grade}"), Evidence: facts, Source: lost.Before.WasAnswered ? Facts(lost.Before) : null);
    }

    private NodeFacts Facts(NodeReading read) => new() { Identity = read.RoleIn(run.Pair.StakedIdentity), Link = read.Link?.Identity };
}
