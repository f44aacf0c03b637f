namespace Tachyon.Failover.Mutants;

/// <summary>Mutants that no test can notice, and why.</summary>
internal static class Equivalents
{
    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["RecoveryProtocol.IsOtherRuledOut: IsTargetHarmless: true -> (left out)"] =
            "It is asked where RuleOutOther has no step left: of a target that may do harm it has one, unless it is down with a link that is not unstaked. A guard all the same.",
    };
}
