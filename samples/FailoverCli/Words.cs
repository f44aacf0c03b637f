using System.Text.RegularExpressions;
using Tachyon.Failover.Pairs;

namespace Tachyon.Failover.Cli;

/// <summary>Translates the library's names into this program's commands and the pair file's fields.</summary>
internal static partial class Words
{
    /// <summary>Exact phrases of the library that this program replaces.</summary>
    public static IReadOnlyList<(string Library, string Program)> Phrases { get; } =
    [
        ("DiagnoseAsync of the coordinator", "tachyon-failover diagnose"),
        ("DiagnoseAsync", "tachyon-failover diagnose"),
        ("RecoverAsync", "tachyon-failover recover"),
        ("CompleteDemotionAsync of the coordinator", "tachyon-failover complete-demotion"),
        ("CompleteDemotionAsync", "tachyon-failover complete-demotion"),
        ("give it a ScheduleRestartWindow, or set MinimumIdle to null", "give --no-window"),
        ("make MinimumIdle shorter, or null for no window", "make options.minimumIdle shorter (--window), or give --no-window"),
        (", or raise the time limit of a call", ""),
        ("; or a fencing device that can cut its power", ""),
        ("an operator who knows that the node cannot vote, and states why", "an operator who knows that the node cannot vote: --least-grade asserted --assert REASON"),
        ("neither on the lost node nor in a copy of a monitor", "neither on the lost node nor in a copy of a monitor; --tower from-chain goes without one"),
        ("set KeyPassphrase", "name the variable that holds it in passphraseVariable"),
    ];

    private static readonly (Regex Library, string Program)[] Fields =
    [
        .. PairFields.ByLibraryName.Select(name => (new Regex($@"(?<![\w.]){(IsPlainWord(name.Library) ? @"(?<=\b(?:in|as|or|of) )" : "")}{name.Library}\b", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1)), name.Field)),
    ];

    /// <summary>Translates text for people. JSON keeps the library's words.</summary>
    public static string OfProgram(string text)
    {
        text = Phrases.Aggregate(text, (words, phrase) => words.Replace(phrase.Library, phrase.Program, StringComparison.Ordinal));
        return Fields.Aggregate(text, (words, field) => field.Library.Replace(words, field.Program));
    }

    /// <summary>Replaces the source and the target in a sentence by the nodes' names.</summary>
    public static string ByName(string sentence, string source, string target) =>
        Target().Replace(Source().Replace(sentence, source), target);

    // A sentence may begin with "Program", but not with "TowerFolder".
    private static bool IsPlainWord(string name) => !name.Skip(1).Any(char.IsAsciiLetterUpper);

    [GeneratedRegex(@"\b[Tt]he source\b", RegexOptions.None, 1000)]
    private static partial Regex Source();

    [GeneratedRegex(@"\b[Tt]he target\b", RegexOptions.None, 1000)]
    private static partial Regex Target();
}
