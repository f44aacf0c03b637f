using System.CommandLine;

namespace Tachyon.Failover.Cli.Commands;

/// <summary>Options that several commands have.</summary>
internal static class CommonOptions
{
    public static Option<string> Pair { get; } = new("--pair", "-p")
    {
        Description = "The pair file.",
        HelpName = "file",
        DefaultValueFactory = _ => "pair.json",
        Recursive = true,
    };

    public static Option<bool> Json { get; } = new("--json")
    {
        Description = "Print one JSON object with a version on standard output, and nothing else there.",
        Recursive = true,
    };

    public static Option<bool> Plain { get; } = new("--plain")
    {
        Description = "Print lines, also on a terminal.",
        Recursive = true,
    };

    public const string ToName = "--to";

    /// <summary>A node. Its description differs from command to command.</summary>
    public static Option<string?> To(string meaning) => new(ToName)
    {
        Description = meaning,
        HelpName = "node",
    };

    public static Option<bool> Yes { get; } = new("--yes", "-y") { Description = "Ask nothing." };
}
