using System.Text.RegularExpressions;
using FluentAssertions;
using Tachyon.Failover.Tests.Architecture;

namespace Tachyon.Failover.Tests.Cli;

/// <summary>Screens of the program, kept as text. Numbers and times differ from run to run: the file keeps those of the run that wrote it.</summary>
public static partial class Recording
{
    private const string Switch = "TACHYON_WRITE_DOCS";

    /// <summary>Compares a screen with its file, or writes it there if the environment says so.</summary>
    /// <param name="file">The path from the root.</param>
    /// <param name="screen">What was on the screen.</param>
    /// <param name="exact">Whether nothing of it differs from run to run.</param>
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

    /// <summary>What two runs of the same thing have in common. A step of the way back is tried as often as it must be.</summary>
    private static string Masked(string screen) => string.Join(
        '\n',
        (from line in screen.Split('\n')
         where !Chance().IsMatch(line)
         let words = Span().Replace(Number().Replace(Identifier().Replace(line, "ID"), "N"), "T")
         select Spaces().Replace(words, " ").Replace("missed slots", "missed slot", StringComparison.Ordinal).Replace(", about ", ", ", StringComparison.Ordinal).Trim()).Distinct());

    // Lines that are there or not: where the run met the slots, how fast the machine was.
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
