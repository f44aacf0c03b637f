using Tachyon.Failover.Takeover;

namespace Tachyon.Failover.Cli.Screens;

/// <summary>The evidence that a node is not voting and cannot resume, for people.</summary>
internal static class EvidenceTable
{
    public static string Of(TakeoverEvidence evidence, TakeoverPolicy policy, string node)
    {
        var grade = evidence.Grade == EvidenceGrade.None ? "none" : Word(evidence.Grade);
        var lines = new List<string> { $"Evidence that {node} is not voting and cannot resume: {grade}; the policy asks for {Word(policy.MinimumGrade)}." };
        lines.AddRange(evidence.Facts.Select(line => $"  seen      {line}"));
        lines.AddRange(evidence.Missing.Select(line => $"  to raise  {line}"));
        return string.Join(Environment.NewLine, lines);
    }

    private static string Word(EvidenceGrade grade) => grade.ToString().ToLowerInvariant();
}
