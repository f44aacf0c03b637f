namespace Tachyon.Failover.Tests.Architecture;

/// <summary>The parts of the library and who may know whom. A part is a folder; the root folder has several.</summary>
internal static class Parts
{
    /// <summary>Types of the root folder that are more than plain values. What is not named here is a value and knows nobody.</summary>
    private static readonly Dictionary<string, string> Root = new(StringComparer.Ordinal)
    {
        [nameof(ValidatorNodeSettings)] = "Settings",
        [nameof(ValidatorNode)] = "Pair",
        [nameof(ValidatorPair)] = "Pair",
        [nameof(FailoverOptions)] = "Options and results",
        [nameof(FailoverResult)] = "Options and results",
        [nameof(SwitchoverPlan)] = "Options and results",
        [nameof(NodeFinding)] = "Options and results",
        [nameof(StepReport)] = "Options and results",
        [nameof(FollowUp)] = "Options and results",
        [nameof(GapReport)] = "Options and results",
        [nameof(PairDiagnosis)] = "Options and results",
        [nameof(RecoveryResult)] = "Options and results",
        [nameof(FailoverCoordinator)] = "Coordinator",
        [nameof(ShellValidatorPair)] = "Composition",
        [nameof(FailoverRegistration)] = "Registration",
    };

    /// <summary>
    /// Whom each part may know, itself aside. Protocol decides and knows values only. Hosts, Identities, Towers, Cluster and Schedule each hold a seam and its
    /// implementation over a shell, which is why they know Shells; <see cref="FolderTests"/> holds that only the implementations do.
    /// Reports, how results read for people and machines, is a part with the results. Pair, Preflight, Execution and Coordinator are the inside of a switchover: they know the seams and never a shell. Composition alone
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

    /// <summary>The part that a type of the library is in; null for what the compiler makes.</summary>
    public static string? Of(Type type) => type.Namespace?.Split('.') switch
    {
        ["Tachyon", "Failover"] => Root.GetValueOrDefault(type.Name, "Values"),
        ["Tachyon", "Failover", "Reports", ..] => "Options and results",
        ["Tachyon", "Failover", var folder, ..] => folder,
        _ => null,
    };
}
