namespace Tachyon.Failover.Mutants;

/// <summary>Mutants that no test can notice, and why.</summary>
internal static class Equivalents
{
    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
    };
}
