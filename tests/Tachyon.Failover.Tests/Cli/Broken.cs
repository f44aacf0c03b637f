namespace Tachyon.Failover.Tests.Cli;

/// <summary>The pair file with five mistakes of <c>docs/cli</c>.</summary>
internal static class Broken
{
    public static string Pair => CliScene.GoodPair
        .Replace("AykuShNXpnPj3zE7hs5dyYVequ4CWBHnr7Fe6NZbSWJq", "AykuShNX", StringComparison.Ordinal)
        .Replace("\"name\": \"a\"", "\"name\": \"a\", \"leger\": \"/mnt/x\"", StringComparison.Ordinal)
        .Replace("\"user\": \"sol\", ", "", StringComparison.Ordinal)
        .Replace("\"name\": \"b\"", "\"name\": \"a\"", StringComparison.Ordinal)
        .Replace("\"options\": {", "\"options\": { \"slot\": \"400\",", StringComparison.Ordinal);

    public static void ShouldBeRecorded(string told) => Recording.ShouldHold("docs/cli/pair-file-errors.txt", $"$ tachyon-failover status\n{told.TrimEnd()}\n(exit code 64)\n", exact: true);
}
