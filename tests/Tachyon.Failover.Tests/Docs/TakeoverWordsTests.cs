using FluentAssertions;
using Tachyon.Failover.Tests.Architecture;
using Xunit;

namespace Tachyon.Failover.Tests.Docs;

/// <summary>Sentences of the pages on takeovers that a measurement has refuted, and the right ones.</summary>
public sealed class TakeoverWordsTests
{
    [Fact]
    public void H12_4_Seal_IsNotSaidToBeImmediateWhereReplayHangs()
    {
        string[] files = ["docs/takeover.md", "docs/safety.md", "docs/protocol.md", .. Repository.SourceFiles("src")];

        foreach (var file in files)
        {
            Repository.Read(file).Should().NotContain("even where replay hangs", file);
        }

        Repository.Read("docs/takeover.md").Should().Contain("between two rounds of voting");
    }

    /// <summary>Each grade that leaves the link on the staked keypair names the protection in that case.</summary>
    [Theory]
    [InlineData("| `Fenced`")]
    [InlineData("| `Observed`")]
    [InlineData("| `Asserted`")]
    public void H1_Grades_SayWhereAutostartOffIsTheOnlyProtection(string row) =>
        Repository.Read("docs/takeover.md").Split('\n').Should().ContainSingle(line => line.StartsWith(row, StringComparison.Ordinal)).Which.Should().Contain("autostart off");

    /// <summary>A tower copy, and the node's own tower after a reboot, have to wait for less than a tower from the chain.</summary>
    [Fact]
    public void H11_Safety_SaysWhatATowerCopyDoesNotWaitFor() =>
        Repository.Read("docs/safety.md").Should().Contain("waits for 8 silent slots and not for 256").And.Contain("without being forced onto the disk");
}
