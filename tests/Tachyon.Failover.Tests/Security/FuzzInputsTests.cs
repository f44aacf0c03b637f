using System.Text;
using FluentAssertions;
using Tachyon.Failover.Nodes;
using Tachyon.Failover.Pairs;
using Tachyon.Failover.Shells;
using Tachyon.Failover.Shells.OpenSsh;
using Tachyon.Failover.Tests.Cli;
using Xunit;

namespace Tachyon.Failover.Tests.Security;

/// <summary>Inputs that crashed a reader of earlier builds. Each gives the reader's own error now.</summary>
public sealed class FuzzInputsTests : IDisposable
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Security", "Fuzz");

    private static readonly ValidatorNodeSettings Node = new()
    {
        Name = "north",
        Ledger = "/mnt/ledger",
        IdentityLink = "/home/sol/identity.json",
        StakedKeypair = "/home/sol/staked.json",
        UnstakedKeypair = "/home/sol/unstaked.json",
    };

    private readonly CliScene _scene = new();

    public static TheoryData<string> PairFiles => Inputs("pairfile");

    public static TheoryData<string> Inspections => Inputs("inspection");

    public static TheoryData<string> Words => Inputs("sshwords");

    /// <summary>A file without a test would prove nothing.</summary>
    [Fact]
    public void Folder_EveryInput_HasATest() => Directory.GetFiles(Folder).Should().HaveCount(11 + 6 + 1 + 1);

    [Theory]
    [MemberData(nameof(PairFiles))]
    public void X12_Read_PairFile_NamesTheLineOrTheField(string input) => ShouldTell(() => Read(Bytes(input)));

    [Theory]
    [InlineData("pairenv-1", "JOURNAL", null)]
    [InlineData("pairenv-1", "PAUSE", null)]
    [InlineData("pairenv-2", "DAEMON__GUARD__CLOCKDRIFT", null)]
    [InlineData("pairenv-3", "DAEMON__GUARD__CLOCKDRIFT", null)]
    [InlineData("pairenv-5", "", "1")]
    public void X12_Read_Environment_NamesTheField(string input, string name, string? value)
    {
        var text = Encoding.UTF8.GetString(Bytes(input));
        _scene.Environment[PairConfiguration.Prefix + (name.Length == 0 ? text : name)] = value ?? (name is "JOURNAL" or "PAUSE" ? $"/{text}\0" : text);
        _scene.Environment[$"{PairConfiguration.Prefix}NODES__0__NAME"] = "north";

        ShouldTell(() => Read(Encoding.UTF8.GetBytes(CliScene.GoodPair)));
    }

    [Theory]
    [InlineData("pairenv-0")]
    [InlineData("pairenv-4")]
    public void X12_Read_VariableThatNamesNoFieldInTwoSpellings_NamesIt(string input)
    {
        var name = Encoding.UTF8.GetString(Bytes(input));
        _scene.Environment[PairConfiguration.Prefix + name] = "1";
        _scene.Environment[PairConfiguration.Prefix + name.ToUpperInvariant()] = "2";

        ShouldTell(() => Read(Encoding.UTF8.GetBytes(CliScene.GoodPair)));
    }

    [Theory]
    [MemberData(nameof(Inspections))]
    public void X12_Read_Inspection_IsReadWithoutAnException(string input) =>
        NodeInspectionReader.Read(Encoding.UTF8.GetString(Bytes(input)), Node).Should().NotBeNull();

    [Theory]
    [MemberData(nameof(Words))]
    public void X6_Explain_WordsOfSsh_HaveNoControlCharacter(string input)
    {
        foreach (var exitCode in (int?[])[null, 1, 255])
        {
            OpenSshWords.Explain(Encoding.UTF8.GetString(Bytes(input)), new OpenSshShellOptions { Host = "h" }, exitCode).Explanation.Should().NotMatchRegex(@"\p{Cc}");
        }
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.MaxValue)]
    [InlineData(-1)]
    public void X12_Validate_ClockDriftIsNoFraction_IsOneSentence(double drift) =>
        new GuardTimings { ClockDrift = drift }.Validate(TimeSpan.FromHours(1)).Should().ContainSingle().Which.Should().StartWith("ClockDrift is ");

    public void Dispose() => _scene.Dispose();

    private static TheoryData<string> Inputs(string reader) => [.. Directory.GetFiles(Folder, $"{reader}-*").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    private static byte[] Bytes(string input) => File.ReadAllBytes(Path.Combine(Folder, input));

    private PairFile Read(byte[] bytes) => PairFileReader.Read(
        "pair.json", bytes, new PairFileSurroundings { Environment = _scene.Environment, HomeFolder = _scene.Home, Use = PairFileUse.Guard }, new Dictionary<string, (string Option, string Value)>(StringComparer.Ordinal));

    private static void ShouldTell(Func<PairFile> read)
    {
        var errors = read.Should().Throw<PairFileException>().Which.Errors;
        errors.Should().NotBeEmpty().And.OnlyContain(static error => error.Line > 0 || error.Field.Length > 0);
    }
}
