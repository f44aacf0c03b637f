using System.Globalization;
using System.Xml.Linq;
using FluentAssertions;
using Tachyon.Failover.Tests.Architecture;
using Xunit;

namespace Tachyon.Failover.Tests.Reports;

public sealed class PictureTests
{
    private const string InTheDocs = "docs/images/gap.svg";
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    private static IEnumerable<FailoverResult> EveryEnd =>
        [PictureScene.Completed(7), PictureScene.RolledBack(), PictureScene.UndoneUnseen(), PictureScene.Indeterminate(), PictureScene.Refused(), Examples.Result];

    [Fact]
    public void ToSvg_SameSeed_IsThePictureOfTheDocs()
    {
        var result = PictureScene.Completed(7);
        var picture = Named(result).ToSvg();

        Named(PictureScene.Completed(7)).ToSvg().Should().Be(picture, "the same result gives the same picture");
        if (Environment.GetEnvironmentVariable(MadeDocs.Switch) == "1")
        {
            File.WriteAllText(Path.Combine(Repository.Root, InTheDocs), picture);
        }

        Repository.Read(InTheDocs).ReplaceLineEndings("\n").Should().Be(picture, "{0} shows what the code draws. To draw it anew: {1}=1", InTheDocs, MadeDocs.Switch);
    }

    [Fact]
    public void ToSvg_HoweverItEnded_NeedsNothingFromOutsideAndStaysOnThePaper()
    {
        EveryEnd.Should().NotBeEmpty();
        foreach (var result in EveryEnd)
        {
            var svg = XElement.Parse(result.ToSvg());

            svg.Name.Should().Be(Svg + "svg");
            svg.Descendants().Select(element => element.Name.LocalName).Distinct().Should().BeSubsetOf(["title", "desc", "defs", "pattern", "rect", "line", "polygon", "circle", "text"]);
            svg.Descendants().Attributes().Should().NotContain(attribute => attribute.Name.LocalName.Contains("href") || attribute.Value.Contains("http"));
            var (width, height) = (Number(svg, "width"), Number(svg, "height"));
            var placed = svg.Elements().Where(element => element.Attribute("x") is not null).ToList();
            placed.Should().NotBeEmpty();
            foreach (var element in placed)
            {
                (Number(element, "x") + Number(element, "width")).Should().BeInRange(0, width, "{0}", element);
                (Number(element, "y") + Number(element, "height")).Should().BeInRange(0, height, "{0}", element);
            }

            svg.Elements(Svg + "text").Should().Contain(text => text.Value == result.Outcome.ToString());
        }
    }

    [Fact]
    public void ToSvg_Completed_MarksTheLastVoteTheFirstVoteAndEveryMissedSlot()
    {
        var result = Enumerable.Range(1, 20).Select(seed => PictureScene.Completed((ulong)seed)).First(result => result.Gap!.MissedSlots > 0);
        var svg = XElement.Parse(result.ToSvg());

        Texts(svg).Should().Contain([$"last vote: {result.Gap!.SourceLastVote}", $"first vote: {result.Gap.TargetFirstVote}"]);
        Tips(svg).Where(tip => tip.EndsWith(": missed", StringComparison.Ordinal)).Should().Equal(result.Gap.MissedBlocks!.Select(slot => $"slot {slot}: missed"));
        Texts(svg).Should().Contain(["5  DemoteSource", "7  SealSource", "8  DeliverTower", "9  PromoteTarget"]);
        Tips(svg).Should().Contain($"slot {result.Gap.TargetFirstVote}: b voted");
    }

    [Fact]
    public void ToSvg_Undone_ShowsTheTimeWithoutAVoteAndThatTheSourceVotesAgain()
    {
        var result = PictureScene.RolledBack();
        var svg = XElement.Parse(result.ToSvg());

        result.Outcome.Should().Be(FailoverOutcome.RolledBack, "{0}", result);
        Tips(svg).Should().Contain(tip => tip.EndsWith("no node was seen to vote", StringComparison.Ordinal));
        Texts(svg).Should().Contain("108  PromoteKeeper").And.Contain(text => text.StartsWith("Reason: DeliverTower", StringComparison.Ordinal));
        Texts(svg).Should().Contain(text => text.StartsWith("first vote: ", StringComparison.Ordinal));
    }

    /// <summary>A picture without a look does not say that no node voted.</summary>
    [Fact]
    public void ToSvg_VotesWereNotSeenAnyLonger_ClaimsNoSilence()
    {
        var result = PictureScene.UndoneUnseen();
        var svg = XElement.Parse(result.ToSvg());

        result.Outcome.Should().Be(FailoverOutcome.RolledBack, "{0}", result);
        result.Timeline.SourceWatchedUntil.Should().BePositive();
        Texts(svg).Should().Contain(["votes not seen from here on", "not known"]);
        Tips(svg).Should().NotContain(tip => tip.EndsWith("no node was seen to vote", StringComparison.Ordinal));
    }

    [Fact]
    public void ToSvg_Indeterminate_SaysWhatIsNotKnownAndWhatToDo()
    {
        var result = PictureScene.Indeterminate();
        var svg = XElement.Parse(result.ToSvg());

        result.Outcome.Should().Be(FailoverOutcome.Indeterminate, "{0}", result);
        Texts(svg).Should().Contain("not known").And.Contain(text => text.StartsWith("To do on b: ", StringComparison.Ordinal));
        Texts(svg).Should().Contain(text => text.StartsWith("unknown (", StringComparison.Ordinal));
    }

    [Fact]
    public void ToSvg_HostSaidWhatXmlCannotHold_IsValidAllTheSame()
    {
        const string said = "<script>alert('&')</script> \u001b[31m \ud800 \uffff \0 ]]> \"";
        var result = PictureScene.RolledBack().With(made => { made.Reason = said; made.Source = said; made.Notes = [Examples.Note(said)]; });

        var svg = XElement.Parse((result.With(that => { that.OperatorActions = [new OperatorAction { Node = said, Reason = said, Command = said }]; that.Steps = [.. result.Steps.Select(step => step.With(it => it.Result = CallResult.Unknown(CallFailure.Unrecognized, said)))]; })).ToSvg());

        svg.Descendants().Should().NotContain(element => element.Name.LocalName == "script");
        Texts(svg).Should().Contain(text => text.Contains("<script>alert('&')</script>", StringComparison.Ordinal));
    }

    [Fact]
    public void ToTrace_Completed_TellsEverythingInTheOrderOfItsTime()
    {
        var result = PictureScene.Completed(7);
        var lines = result.ToTrace().Split(Environment.NewLine);

        lines[0].Should().Be("a to b, Completed; times since 2026-01-01 00:00:03 UTC, at the coordinator");
        lines.Skip(1).Select(line => double.Parse(line[..9], CultureInfo.InvariantCulture)).Should().BeInAscendingOrder();
        lines.Should().ContainSingle(line => line.EndsWith($"voted for slot {result.Gap!.SourceLastVote}, the last", StringComparison.Ordinal));
        lines.Should().ContainSingle(line => line.EndsWith($"voted for slot {result.Gap!.TargetFirstVote}, the first", StringComparison.Ordinal));
        lines.Should().ContainSingle(line => line.EndsWith("DemoteSource, AwaitLastVote, SealSource begun", StringComparison.Ordinal));
        foreach (var step in result.Steps)
        {
            lines.Should().Contain(line => line.Contains($"{step.Step}: ", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Timeline_OfASwitchover_IsBoundedAndHoldsNoDeliveredTowerAsAVote()
    {
        EveryEnd.Should().NotBeEmpty();
        foreach (var result in EveryEnd)
        {
            result.Timeline.Votes.Should().HaveCountLessThanOrEqualTo(128);
            result.Timeline.Votes.Select(vote => vote.At).Should().BeInAscendingOrder();
            result.Timeline.Votes.GroupBy(vote => vote.Slot).Should().OnlyContain(votes => votes.Count() == 1, "no slot is voted for by both");
        }
    }

    // As the pair of the README.
    private static FailoverResult Named(FailoverResult result) => result.With(that =>
    {
        that.Source = "north";
        that.Target = "south";
        that.Steps = [.. result.Steps.Select(step => step.With(it => it.Node = step.Node is null ? null : step.Node == result.Source ? "north" : "south"))];
    });

    private static IEnumerable<string> Texts(XElement svg) => svg.Elements(Svg + "text").Select(text => text.Value);

    private static IEnumerable<string> Tips(XElement svg) => svg.Elements().Elements(Svg + "title").Select(title => title.Value);

    private static double Number(XElement element, string attribute) =>
        element.Attribute(attribute) is { } value ? double.Parse(value.Value, CultureInfo.InvariantCulture) : 0;
}
