using FluentAssertions;
using Tachyon.Failover.Fuzz;
using Xunit;

namespace Tachyon.Failover.Tests.Security;

/// <summary>Some hundreds of the inputs that <c>tests/Tachyon.Failover.Fuzz</c> reads for an hour.</summary>
public sealed class FuzzTests
{
    private const int Inputs = 400;

    public static TheoryData<string> Readers => [.. ForeignReaders.All.Select(static reader => reader.Name)];

    [Theory]
    [MemberData(nameof(Readers))]
    public void X12_Read_InputsThatAreNearlyRight_ThrowsNothingButItsOwn(string name)
    {
        var reader = ForeignReaders.All.Single(reader => reader.Name == name);
        reader.Seeds.Should().NotBeEmpty();

        var run = FuzzRun.Of(reader, seed: 1, static inputs => inputs < Inputs);

        run.Escapes.Should().BeEmpty();
        run.Inputs.Should().BeGreaterThanOrEqualTo(Inputs);
    }

    [Fact]
    public void Run_ReaderThatThrowsAnythingElse_IsNoticed()
    {
        var reader = new ForeignReader("bad", [[1, 2, 3]], static bytes => _ = bytes[2], typeof(IOException));

        FuzzRun.Of(reader, seed: 1, static inputs => inputs < 1000).Escapes.Should().NotBeEmpty();
    }
}
