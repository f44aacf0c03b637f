using System.Text.RegularExpressions;
using FluentAssertions;
using Tachyon.Failover.Tests.Architecture;
using Xunit;

namespace Tachyon.Failover.Tests.Steps;

/// <summary>Who writes the facts that steps hand to each other.</summary>
public sealed partial class RunContextTests
{
    /// <summary>The files that write each fact. A second file is another operation's step: a switchover, a takeover and a recovery never run in one context.</summary>
    private static readonly Dictionary<string, string[]> Writers = new(StringComparer.Ordinal)
    {
        ["Preflight"] = ["RunPreflight"],
        ["Survey"] = ["DiagnoseStep", "RunPreflight"],
        ["VoteAccount"] = ["DiagnoseStep", "RunPreflight"],
        ["Journal"] = ["RunPreflight"],
        ["Window"] = ["AwaitRestartWindowStep"],
        ["IdleAtDemotion"] = ["AwaitRestartWindowStep"],
        ["Leftover"] = ["TargetTrial"],
        ["SourceFeed"] = ["PrepareStep"],
        ["TargetFeed"] = ["PreparationStep"],
        ["FinalTower"] = ["ChooseTowerStep", "SealLostStep", "SealSourceStep"],
        ["SealAsked"] = ["SealSourceStep"],
        ["SealedAt"] = ["SealSourceStep"],
        ["OwnWork"] = ["PromoteTargetStep"],
        ["TargetMayHaveVoted"] = ["PromoteTargetStep"],
        ["IdentityTaken"] = ["PromoteKeeperStep", "PromoteTargetStep"],
        ["VoterProbedAt"] = ["VoterProof"],
        ["SourceSlot"] = ["VerifyStep", "VerifyTakeoverStep"],
        ["Measurement"] = ["GapMeasurement"],
        ["Gap"] = ["SeeTargetVoteStep"],
        ["OtherWasDemoted"] = ["DemoteOtherStep"],
        ["Probe"] = ["DiagnoseStep"],
        ["AsksEverything"] = ["DiagnoseStep", "MoveOtherLinkStep"],
        ["Evidence"] = ["AssessEvidenceStep"],
        ["Silence"] = ["EvidenceSearch"],
        ["WeighedAt"] = ["AssessEvidenceStep", "EvidenceSearch"],
        ["RebuiltFrom"] = ["ChooseTowerStep"],
    };

    [Fact]
    public void Facts_OfTheContext_AreWrittenByTheStepsThatTheirCommentsName()
    {
        var written =
            from file in Repository.SourceFiles("src/Tachyon.Failover/Runs")
            from match in Assignment().Matches(Repository.Read(file))
            group Path.GetFileNameWithoutExtension(file) by match.Groups["fact"].Value into files
            select (Fact: files.Key, Files: string.Join(", ", files.Distinct().Order(StringComparer.Ordinal)));

        written.Should().BeEquivalentTo(Writers.Select(one => (Fact: one.Key, Files: string.Join(", ", one.Value))), "a fact with many writers is read where it was never set");
    }

    [GeneratedRegex(@"\b_?(?:run|takeover)\.(?<fact>[A-Z]\w+) (?:=|\?\?=|\|=) ", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Assignment();
}
