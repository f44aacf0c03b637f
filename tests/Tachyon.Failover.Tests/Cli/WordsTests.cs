using System.Reflection;
using System.Text.RegularExpressions;
using FluentAssertions;
using Tachyon.Failover.Cli;
using Tachyon.Failover.Shells;
using Tachyon.Failover.Tests.Architecture;
using Xunit;

namespace Tachyon.Failover.Tests.Cli;

/// <summary>The library's words in the program's. Every name that the library can print has a translation here.</summary>
public sealed partial class WordsTests
{
    /// <summary>Settings that the library's sentences name and that have no field: the program sets them, or does not use them.</summary>
    private static readonly string[] NotInAPairFile =
    [
        // Only embedders can set these.
        "Journal", "Preflight", "Reclassify", "Holder", "Rules", "RestartWindow", "Pause", "Lease", "Detection", "Guard", "OperatorStatement",
        "HealthySlots", "MinimumBalance", "FencingTimeout", "TimeLimits", "Watch", "Takeover",
    ];

    private static readonly Type[] Settings =
    [
        typeof(ValidatorNodeSettings), typeof(ValidatorTimeLimits), typeof(FailoverOptions), typeof(SshNetShellOptions), typeof(OpenSshShellOptions), typeof(TakeoverPolicy), typeof(DetectionRules), typeof(MonitorOptions),
    ];

    [Theory]
    [InlineData("name the ledger of the running validator in Ledger", "name the ledger of the running validator in ledger")]
    [InlineData("set KeyPassphrase, or give a key without one", "name the variable that holds it in passphraseVariable, or give a key without one")]
    [InlineData(" Check that the node is up and not overloaded, or raise the time limit of a call.", " Check that the node is up and not overloaded.")]
    [InlineData("a shell on it that answers, so that it can be demoted; or a fencing device that can cut its power", "a shell on it that answers, so that it can be demoted")]
    [InlineData("an operator who knows that the node cannot vote, and states why", "an operator who knows that the node cannot vote: --least-grade asserted --assert REASON")]
    [InlineData("CompleteDemotionAsync of the coordinator makes it one", "tachyon-failover complete-demotion makes it one")]
    [InlineData("name its host in IdentityLink", "name its host in identityLink")]
    [InlineData("Ledger and Program begin sentences", "Ledger and Program begin sentences")]
    public void W18_OfProgram_LibrarysWords_AreTheProgramsOwn(string library, string program) => Words.OfProgram(library).Should().Be(program);

    [Fact]
    public void W18_OfProgram_NoTower_NamesTheOptionThatGoesWithoutOne() =>
        Words.OfProgram("there is no undamaged tower of the staked identity, neither on the lost node nor in a copy of a monitor").Should().Contain("--tower from-chain");

    /// <summary>The table has no phrase that the library no longer prints.</summary>
    [Fact]
    public void W18_Phrases_AreTheLibrarysVeryWords()
    {
        // A sentence gets a name by nameof there.
        var source = Nameof().Replace(string.Concat(Sources()), match => match.Groups["name"].Value);

        Words.Phrases.Where(phrase => !source.Contains(phrase.Library, StringComparison.Ordinal)).Should().BeEmpty();
    }

    [Fact]
    public void W18_OfProgram_EverySettingThatASentenceNames_IsAFieldOfThePairFile()
    {
        var named = Sources().SelectMany(source => Nameof().Matches(source)).Select(match => match.Groups["name"].Value).ToHashSet(StringComparer.Ordinal);
        var settings = Settings.SelectMany(type => type.GetProperties(BindingFlags.Public | BindingFlags.Instance)).Select(property => property.Name).Where(named.Contains).Except(NotInAPairFile).Distinct().ToList();

        settings.Should().HaveCountGreaterThan(20);
        settings.Where(name => Words.OfProgram($"name it in {name}, or leave it") == $"name it in {name}, or leave it").Should().BeEmpty();
    }

    [Fact]
    public void W18_OfProgram_EveryCallThatASentenceNames_IsACommand()
    {
        var named = Sources().SelectMany(source => Sentences().Matches(source)).SelectMany(sentence => Calls().Matches(sentence.Value)).Select(match => match.Value).Distinct().ToList();

        named.Should().NotBeEmpty();
        named.Where(name => Words.OfProgram($"see what {name} does").Contains("Async", StringComparison.Ordinal)).Should().BeEmpty();
    }

    private static IEnumerable<string> Sources() =>
        Directory.EnumerateFiles(Path.Combine(Repository.Root, "src", "Tachyon.Failover"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Select(File.ReadAllText);

    [GeneratedRegex(@"\{nameof\((?:\w+\.)*(?<name>\w+)\)\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Nameof();

    // Text in quotes with a space in it, outside of comments and code.
    [GeneratedRegex(@"(?<=^[^/\n]*)""[^""\n]* [^""\n]*""", RegexOptions.Multiline, 10000)]
    private static partial Regex Sentences();

    [GeneratedRegex(@"(?<![\w.])[A-Z]\w+Async(?!\()\b", RegexOptions.None, 1000)]
    private static partial Regex Calls();
}
