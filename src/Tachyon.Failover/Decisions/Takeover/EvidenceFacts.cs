namespace Tachyon.Failover.Decisions;

/// <summary>The result of an assessment of the evidence.</summary>
/// <param name="Grade">The grade that is reached.</param>
/// <param name="MayReach">Whether the grade that the policy requires is reached, or may be if the lost node is fenced now.</param>
/// <param name="SourceAnswers">Whether the lost node's shell answers.</param>
/// <param name="IsShown">Whether the probe succeeded. If not, an action may have fenced the node without being seen.</param>
internal sealed record EvidenceFacts(EvidenceGrade Grade, bool MayReach, bool SourceAnswers, bool IsShown = true);
