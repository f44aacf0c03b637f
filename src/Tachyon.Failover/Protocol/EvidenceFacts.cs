using Tachyon.Failover.Takeover;

namespace Tachyon.Failover.Protocol;

/// <summary>What a weighing of the evidence came to.</summary>
/// <param name="Grade">The grade that is reached.</param>
/// <param name="MayReach">Whether the grade that the policy asks for is reached, or may be if the lost node is fenced now.</param>
/// <param name="SourceAnswers">Whether the lost node's shell answers.</param>
/// <param name="IsShown">Whether the look could tell. If not, the node may be fenced by what was done to it, and nobody has seen it.</param>
internal sealed record EvidenceFacts(EvidenceGrade Grade, bool MayReach, bool SourceAnswers, bool IsShown = true);
