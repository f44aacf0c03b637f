using System.Text.RegularExpressions;

namespace Tachyon.Failover.Tests.Architecture;

/// <summary>
/// The parts of the library, from the bottom to the top. A part is a folder; the root folder has the entry points. A part uses only parts above it in this list, so the folders have no cycle.
/// </summary>
internal static partial class Parts
{
    private const string Library = "src/Tachyon.Failover/";

    /// <summary>The parts of the files of the root folder that are no entry points.</summary>
    private static readonly Dictionary<string, string> Root = new(StringComparer.Ordinal)
    {
        [nameof(FailoverException)] = "Values",
        [nameof(ValidatorNode)] = "Pair",
        [nameof(ValidatorPair)] = "Pair",
        [nameof(FailoverOptions)] = "Options",
        [nameof(FailoverResult)] = "Results",
    };

    private static readonly Lazy<IReadOnlyDictionary<string, string>> Declared = new(Read);

    /// <summary>Each part, after the parts that it may use, with those that it does use.</summary>
    public static IReadOnlyList<(string Part, string[] MayUse)> Order { get; } =
    [
        ("Values", []),
        ("Settings", ["Values"]),
        ("Towers", ["Values"]),
        ("Clients", ["Values"]),
        ("Runtime", ["Values"]),
        ("Telemetry", ["Values", "Runtime"]),
        ("Journal", ["Values"]),
        ("Decisions", ["Values", "Settings", "Towers", "Clients", "Journal"]),
        ("Shells", ["Values", "Runtime", "Telemetry"]),
        ("Cluster", ["Values", "Shells"]),
        ("Nodes", ["Values", "Settings", "Towers", "Clients", "Runtime", "Shells", "Cluster"]),
        ("RestartWindows", ["Values", "Settings", "Decisions", "Runtime", "Shells", "Cluster", "Nodes"]),
        ("Pair", ["Values", "Settings", "Nodes", "Cluster", "RestartWindows"]),
        ("Preflight", ["Values", "Settings", "Towers", "Clients", "Decisions", "Runtime", "Cluster", "Nodes", "Pair"]),
        ("Results", ["Values", "Towers", "Decisions", "Preflight"]),
        ("Options", ["Values", "Settings", "Journal", "Decisions", "Preflight"]),
        ("Registration", ["Values", "Settings", "Journal", "Preflight", "Options"]),
        ("Seams", ["Values", "Settings", "Towers", "Journal", "Cluster", "Nodes", "RestartWindows", "Pair", "Options"]),
        ("Detection", ["Values", "Settings", "Towers", "Runtime", "Telemetry", "Journal", "Decisions", "Cluster", "Nodes", "Pair"]),
        ("SelfFencing", ["Values", "Settings", "Towers", "Runtime", "Telemetry", "Decisions", "Cluster", "Nodes", "Pair", "Detection"]),
        ("Runs", ["Values", "Settings", "Towers", "Runtime", "Telemetry", "Journal", "Decisions", "Cluster", "Nodes", "RestartWindows", "Pair", "Preflight", "Results", "Options", "Detection"]),
        ("Entry points", ["Values", "Settings", "Towers", "Runtime", "Telemetry", "Journal", "Decisions", "Shells", "Cluster", "Nodes", "RestartWindows", "Pair", "Preflight", "Results", "Options", "Registration", "Seams", "Detection", "SelfFencing", "Runs"]),
    ];

    /// <summary>The folders whose public types are in the namespace of the library itself, so that most programs need one using.</summary>
    public static IReadOnlyList<string> InTheRootNamespace { get; } = ["Values", "Settings", "Results", "Detection", "SelfFencing"];

    /// <summary>The part of a type of the library; null for types that the compiler made.</summary>
    public static string? Of(Type type) => Declared.Value.GetValueOrDefault(type.Name.Split('`')[0]);

    /// <summary>Every type that is declared at the top of a file of the library, with the file's path. A partial type has several files.</summary>
    public static IEnumerable<(string Type, string File)> Types() =>
        from file in Repository.SourceFiles(Library)
        from match in DeclaredType().Matches(Repository.Read(file))
        select (match.Groups["name"].Value, file);

    private static Dictionary<string, string> Read() =>
        Types().DistinctBy(one => one.Type).ToDictionary(one => one.Type, one => PartOf(one.Type, one.File[Library.Length..]), StringComparer.Ordinal);

    private static string PartOf(string type, string file) =>
        file.Contains('/', StringComparison.Ordinal) ? file.Split('/')[0] : Root.GetValueOrDefault(type, "Entry points");

    // File-scoped namespaces: a line that begins with the type is not nested.
    [GeneratedRegex(@"^(?:public|internal) (?:\w+ )*?(?:class|record struct|record|struct|interface|enum|delegate [\w<>?]+) (?<name>\w+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex DeclaredType();
}
