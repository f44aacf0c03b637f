using System.Globalization;
using System.Text;

namespace Tachyon.Failover.Testing.StandIns.Commands;

/// <summary>
/// The standard streams of the program on the other end of a socket. Frames: a letter, a number, a line end; <c>o</c>, <c>e</c> and
/// <c>c</c> are followed by so many bytes for output, for error output, and for when the connection is cut; <c>i</c> asks for
/// the input; <c>x</c> ends with that exit code.
/// </summary>
internal sealed class FramedTerminal(Stream stream) : ICommandTerminal
{
    public Task OutAsync(string text) => SendAsync('o', text);

    public Task ErrorAsync(string text) => SendAsync('e', text);

    /// <summary>The program's output if the validator dies before the command has ended.</summary>
    public Task IfCutAsync(string text) => SendAsync('c', text);

    public async Task<string> ReadInputAsync()
    {
        await stream.WriteAsync("i 0\n"u8.ToArray()).ConfigureAwait(false);
        using var reader = new StreamReader(stream, leaveOpen: true);
        return Encoding.UTF8.GetString(Convert.FromHexString(await reader.ReadLineAsync().ConfigureAwait(false) ?? ""));
    }

    public async Task ExitAsync(int code) =>
        await stream.WriteAsync(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"x {code}\n"))).ConfigureAwait(false);

    private async Task SendAsync(char kind, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        await stream.WriteAsync((byte[])[.. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{kind} {bytes.Length}\n")), .. bytes]).ConfigureAwait(false);
    }
}
