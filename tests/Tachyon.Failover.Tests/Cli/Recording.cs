using System.Text.RegularExpressions;
using FluentAssertions;
using Tachyon.Failover.Tests.Architecture;

namespace Tachyon.Failover.Tests.Cli;

/// <summary>Recorded screens of the program. Numbers and times differ from run to run: the file has those of the run that wrote it.</summary>
public static partial class Recording
{
    private const string Switch = "TACHYON_WRITE_DOCS";

    /// <summary>Compares a screen with its file, or writes the file if the environment variable is set.</summary>
    /// <param name="file">The path from the root.</param>
    /// <param name="screen">The text on the screen.</param>
    /// <param name="exact">Whether every run gives the same text.</param>
    public static void ShouldHold(string file, string screen, bool exact)
    {
        var path = Path.Combine(Repository.Root, file);
        if (Environment.GetEnvironmentVariable(Switch) == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, screen);
            return;
        }

        var kept = File.ReadAllText(path).ReplaceLineEndings("\n");
        (exact ? screen : Masked(screen)).Should().Be(exact ? kept : Masked(kept), "{0} shows what the program prints. If it is to print something else, write it anew with {1}=1", file, Switch);
    }

    /// <summary>The common part of two runs. A step of the way back is repeated as often as necessary.</summary>
    private static string Masked(string screen) => string.Join(
        '\n',
        (from line in screen.Split('\n')
         where !Chance().IsMatch(line)
         let words = Span().Replace(Number().Replace(Identifier().Replace(line, "ID"), "N"), "T")
         select Spaces().Replace(words, " ").Replace("missed slots", "missed slot", StringComparison.Ordinal).Replace(", about ", ", ", StringComparison.Ordinal).Trim()).Distinct());

    // Optional lines: they depend on the slots of the run and on the speed of the machine.
    [GeneratedRegex(@"^\S+ \S+Z  fence on .*waits|await last vote|TF12[23]|one-way|expected: clocks|expected: less than the|to mend it: run the coordinator|^(Preflight|\S+ preflight).*(clear|notes?)|leader +|window +", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Chance();

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f-]{27}", RegexOptions.None, 1000)]
    private static partial Regex Identifier();

    [GeneratedRegex(@"\d+([.:-]\d+)*Z?", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Number();

    [GeneratedRegex(@"N (ms|s|min N s|min|h N min)\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Span();

    [GeneratedRegex(" +", RegexOptions.None, 1000)]
    private static partial Regex Spaces();
}
