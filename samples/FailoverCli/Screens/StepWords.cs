using System.Text.RegularExpressions;

namespace Tachyon.Failover.Cli.Screens;

/// <summary>The names of the steps in words.</summary>
internal static partial class StepWords
{
    /// <summary><c>MoveSourceLink</c> is "move source link".</summary>
    public static string Of(FailoverStep step) => Humps().Replace(step.ToString(), match => $" {match.Value}").ToLowerInvariant();

    [GeneratedRegex("(?<!^)[A-Z]", RegexOptions.None, 1000)]
    private static partial Regex Humps();
}
