using System.Text;
using System.Text.Json;
using Tachyon.Failover.Testing.StandIns.Rpc;
using Tachyon.Failover.Testing.StandIns.Validator;

namespace Tachyon.Failover.Testing.StandIns.Commands;

/// <summary>
/// Runs a command line for the program at the other end of the admin socket. That program has neither words nor JSON: it sends its
/// arguments, and gets back the output and the exit code (docs/decisions/0003-stand-in-command-line.md).
/// </summary>
internal sealed class CommandSession(ClientWords client, FaultyAdmin admin, Func<JsonRpcRequest, Task<Action<Utf8JsonWriter>>> rpc, TimeProvider time)
{
    /// <summary>A method that no real validator has: the arguments and the folder, both in hexadecimal.</summary>
    public const string Method = "standInCommandLine";

    /// <summary>The real program takes 10 ms to start, the client of the stand-in 3 or 4 ms.</summary>
    private static readonly TimeSpan StartTime = TimeSpan.FromMilliseconds(6);

    public async Task RunAsync(JsonRpcRequest request, Stream stream)
    {
        var arguments = FromHex(request.Text(0)).Split('\0', StringSplitOptions.None)[..^1];
        var terminal = new FramedTerminal(stream);
        await terminal.IfCutAsync("Client error: the validator closed the connection\n").ConfigureAwait(false);
        await Task.Delay(StartTime, time).ConfigureAwait(false);
        var command = new CommandLine(client, new InProcessCalls(admin, rpc), terminal, FromHex(request.Text(1)), time);
        await terminal.ExitAsync(await command.RunAsync(arguments).ConfigureAwait(false)).ConfigureAwait(false);
    }

    private static string FromHex(string? hex) => Encoding.UTF8.GetString(Convert.FromHexString(hex ?? ""));
}
