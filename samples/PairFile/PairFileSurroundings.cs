namespace Tachyon.Failover.Pairs;

/// <summary>The environment in which a pair file is read.</summary>
internal record PairFileSurroundings
{
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    public required string HomeFolder { get; init; }

    public PairFileUse Use { get; init; } = PairFileUse.Command;

    /// <summary>The environment variables of this process.</summary>
    public static IReadOnlyDictionary<string, string> EnvironmentOfThisProcess() =>
        System.Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>().ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? "", StringComparer.Ordinal);
}
