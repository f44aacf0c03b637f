using System.IO.Pipelines;
using System.Text;
using FluentAssertions;
using Tachyon.Failover.Shells.OpenSsh;
using Tachyon.Failover.Shells.Ssh;
using Xunit;

namespace Tachyon.Failover.Tests.Shells;

public sealed class ErrorOutputTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private readonly ShellBootstrap _bootstrap = ShellBootstrap.CreateSupervised();

    private string Mark => Encoding.ASCII.GetString(_bootstrap.Mark.Span);

    private string Status => Encoding.ASCII.GetString(_bootstrap.StatusMark.Span);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(4096)]
    public async Task Output_WhateverThePieces_IsTheScriptsAlone(int piece)
    {
        var text = $"Welcome\n{Mark}one ~tachyon ~\n{Status}x\ntwo{Status}137\nthree";
        var pipe = new Pipe();
        using var output = new ErrorOutput(pipe.Reader.AsStream(), _bootstrap);
        foreach (var part in Encoding.ASCII.GetBytes(text).Chunk(piece))
        {
            await pipe.Writer.WriteAsync(part, Token);
        }

        await pipe.Writer.CompleteAsync();
        (await new StreamReader(output.Output).ReadToEndAsync(Token)).Should().Be($"one ~tachyon ~\n{Status}x\ntwothree");
        (await output.Marked).Should().BeTrue();
        output.Words.Should().Be("Welcome\n");
        output.Status.Should().Be(137);
    }

    [Fact]
    public async Task Output_ThatMayBeTheBeginningOfTheStatus_IsHeldUntilItIsKnown()
    {
        var pipe = new Pipe();
        using var output = new ErrorOutput(pipe.Reader.AsStream(), _bootstrap);
        await pipe.Writer.WriteAsync(Encoding.ASCII.GetBytes($"{Mark}ab~tach"), Token);
        var buffer = new byte[100];
        (await output.Output.ReadAsync(buffer, Token)).Should().Be(2);
        await pipe.Writer.WriteAsync("o!"u8.ToArray(), Token);
        (await output.Output.ReadAtLeastAsync(buffer, 7, cancellationToken: Token)).Should().Be(7);
        Encoding.ASCII.GetString(buffer, 0, 7).Should().Be("~tacho!");
    }

    [Fact]
    public async Task Words_NoMark_AreAllThatWasSaid()
    {
        using var output = new ErrorOutput(new MemoryStream("Permission denied\n"u8.ToArray()), _bootstrap);
        (await output.Marked).Should().BeFalse();
        output.Words.Should().Be("Permission denied\n");
    }

    [Theory]
    [InlineData("a\nConnection to north closed by remote host.\r\n", true)]
    [InlineData("Read from remote host north: Connection reset by peer\r\n", true)]
    [InlineData("Connection to north closed by remote host.\n", false)]
    [InlineData("Connection to north closed by remote host.\r\nand then\n", false)]
    public async Task LastLine_OfSshItself_IsALoss(string text, bool isLoss)
    {
        var pipe = new Pipe();
        using var output = new ErrorOutput(pipe.Reader.AsStream(), _bootstrap);
        foreach (var part in Encoding.ASCII.GetBytes(Mark + text).Chunk(5))
        {
            await pipe.Writer.WriteAsync(part, Token);
        }

        await pipe.Writer.CompleteAsync();
        await output.Ended;
        OpenSshWords.IsLoss(output.LastLine).Should().Be(isLoss);
    }
}
