using System.Text.RegularExpressions;

namespace Tachyon.Failover.Cli;

/// <summary>The library speaks to programmers. What it says of its own names, this program says of its commands and of the pair file's fields.</summary>
internal static partial class Words
{
    /// <summary>For text that people read. JSON keeps the library's words.</summary>
    public static string OfProgram(string text) => Names().Replace(text, name => name.Value switch
    {
        "DiagnoseAsync of the coordinator" => "tachyon-failover diagnose",
        "DiagnoseAsync" => "tachyon-failover diagnose",
        "RecoverAsync" => "tachyon-failover recover",
        var field => char.ToLowerInvariant(field[0]) + field[1..],
    });

    [GeneratedRegex(@"\b(DiagnoseAsync of the coordinator|DiagnoseAsync|RecoverAsync|TowerFolder|RunAs|StakedKeypair|UnstakedKeypair|IdentityLink|AuthorizedVoters|RpcPort|MinimumIdle|RestartWindowTimeout|MaximumDelinquentStake|(?<=in )Program)\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Names();
}
