using System.IO.Pipelines;
using System.Text;
using FluentAssertions;
using Tachyon.Failover.Shells.Ssh;
using Xunit;

namespace Tachyon.Failover.Tests.Shells;

public sealed class OutputPumpTests
{
    private static readonly byte[] Mark = "mark\n"u8.ToArray();

    [Theory]
    [InlineData("mark\nout", "out")]
    [InlineData("mark\n", "")]
    [InlineData("Welcome!\nmark\nout", "out")]
    [InlineData("no line end mark\nout", "out")]
    [InlineData("mar\nmarmark\nmark\nout", "mark\nout")]
    public async Task Output_AfterTheMark_IsAllThatIsPassedOn(string source, string expected)
    {
        // Byte by byte, so that the mark comes in pieces.
        var pipe = new Pipe();
        var pump = new OutputPump(pipe.Reader.AsStream(), Mark, () => { }, "test");
        foreach (var octet in Encoding.ASCII.GetBytes(source))
        {
            await pipe.Writer.WriteAsync(new[] { octet }, TestContext.Current.CancellationToken);
        }

        await pipe.Writer.CompleteAsync();
        (await pump.Marked).Should().BeTrue();
        (await ReadAsync(pump.Output)).Should().Be(expected);
    }

    [Fact]
    public async Task Output_EndsWithoutTheMark_IsWhatWasSaidInstead()
    {
        var pump = new OutputPump(new MemoryStream("This account is not available.\n"u8.ToArray()), Mark, () => { }, "test");
        (await pump.Marked).Should().BeFalse();
        (await ReadAsync(pump.Output)).Should().Be("This account is not available.\n");
    }

    [Fact]
    public async Task Marked_NoiseWithoutEnd_IsFalse()
    {
        var pump = new OutputPump(new MemoryStream(new byte[1_000_000]), Mark, () => { }, "test");
        (await pump.Marked).Should().BeFalse();
    }

    [Fact]
    public async Task Output_NotRead_IsKept()
    {
        var pump = new OutputPump(new MemoryStream(new byte[5_000_000]), default, () => { }, "test");
        (await ReadAsync(pump.Output)).Should().HaveLength(5_000_000);
    }

    private static async Task<string> ReadAsync(Stream stream)
    {
        using var reader = new StreamReader(stream, Encoding.ASCII);
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    }
}
