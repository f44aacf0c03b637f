namespace Tachyon.Failover.Tests.Architecture;

/// <summary>The parts of the library, and the parts that each may use. A part is a folder; the root folder has several.</summary>
internal static class Parts
{
    /// <summary>Types of the root folder that are more than plain values. All others are values and use no other part.</summary>
    private static readonly Dictionary<string, string> Root = new(StringComparer.Ordinal)
    {
        [nameof(ValidatorNodeSettings)] = "Settings",
        [nameof(ValidatorNode)] = "Pair",
        [nameof(ValidatorPair)] = "Pair",
        [nameof(FailoverOptions)] = "Options and results",
        [nameof(FailoverResult)] = "Options and results",
        [nameof(SwitchoverPlan)] = "Options and results",
        [nameof(NodeDiagnosis)] = "Options and results",
        [nameof(StepReport)] = "Options and results",
        [nameof(OperatorAction)] = "Options and results",
        [nameof(GapReport)] = "Options and results",
        [nameof(PairDiagnosis)] = "Options and results",
        [nameof(RecoveryResult)] = "Options and results",
        [nameof(FailoverCoordinator)] = "Coordinator",
        [nameof(ShellValidatorPair)] = "Composition",
        [nameof(FailoverServiceCollectionExtensions)] = "Registration",
    };

    /// <summary>
    /// The parts that each part may use, besides itself. Protocol decides and uses values only. Hosts, Identities, Towers, Cluster and Schedule each have a seam and its
    /// implementation over a shell, so they may use Shells; <see cref="FolderTests"/> checks that only the implementations do.
    /// Reports (the text and the JSON of results) is a part with the results. Pair, Preflight, Execution and Coordinator are the inside of a switchover: they use the seams and never a shell. Composition alone
    /// chooses implementations.
    /// </summary>
    public static IReadOnlyDictionary<string, string[]> MayKnow { get; } = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["Values"] = [],
        ["Telemetry"] = [],
        ["Protocol"] = ["Values", "Identities", "Takeover"],
        ["Timing"] = [],
        ["Watch"] = ["Values"],
        ["Takeover"] = ["Values", "Watch"],
        ["Journal"] = ["Values"],
        ["Shells"] = ["Values", "Telemetry"],
        ["Settings"] = ["Values", "Hosts"],
        ["Identities"] = ["Values", "Settings", "Hosts", "Shells"],
        ["Hosts"] = ["Values", "Settings", "Identities", "Towers", "Shells"],
        ["Towers"] = ["Values", "Settings", "Identities", "Hosts", "Shells"],
        ["Cluster"] = ["Values", "Identities", "Shells"],
        ["Schedule"] = ["Values", "Settings", "Identities", "Hosts", "Cluster", "Shells"],
        ["Pair"] = ["Values", "Identities", "Hosts", "Towers", "Cluster", "Schedule"],
        ["Seams"] = ["Values", "Identities", "Hosts", "Towers", "Cluster", "Schedule", "Pair", "Journal", "Options and results"],
        ["Monitoring"] = ["Values", "Identities", "Hosts", "Towers", "Cluster", "Pair", "Watch", "Takeover", "Protocol", "Journal", "Telemetry", "Timing"],
        ["Preflight"] = ["Values", "Identities", "Hosts", "Towers", "Cluster", "Pair"],
        ["Options and results"] = ["Values", "Identities", "Journal", "Preflight", "Protocol", "Takeover"],
        ["Execution"] = ["Values", "Identities", "Hosts", "Towers", "Cluster", "Schedule", "Pair", "Preflight", "Options and results", "Journal", "Protocol", "Timing", "Telemetry", "Takeover", "Watch", "Monitoring"],
        ["Coordinator"] = ["Values", "Pair", "Seams", "Preflight", "Options and results", "Execution", "Telemetry", "Takeover", "Monitoring"],
        ["Registration"] = ["Values", "Options and results", "Coordinator", "Journal", "Preflight"],
        ["Composition"] = ["Values", "Settings", "Identities", "Hosts", "Towers", "Cluster", "Schedule", "Pair", "Shells"],
    };

    /// <summary>The part of a type of the library; null for compiler-generated types.</summary>
    public static string? Of(Type type) => type.Namespace?.Split('.') switch
    {
        ["Tachyon", "Failover"] => Root.GetValueOrDefault(type.Name, "Values"),
        ["Tachyon", "Failover", "Reports", ..] => "Options and results",
        ["Tachyon", "Failover", var folder, ..] => folder,
        _ => null,
    };
}
