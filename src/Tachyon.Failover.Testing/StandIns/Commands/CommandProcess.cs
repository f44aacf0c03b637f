using System.Net.Sockets;
using System.Text;

namespace Tachyon.Failover.Testing.StandIns.Commands;

/// <summary>
/// The command line as a process of its own: for a node without a validator, and without perl for the quick client.
/// </summary>
internal static class CommandProcess
{
    public static async Task<int> RunAsync(StandInClient client, IReadOnlyList<string> arguments)
    {
        var terminal = new ConsoleTerminal();
        CommandLine? command = null;
        var folder = Directory.GetCurrentDirectory();
        var path = SocketPath(Ledger(arguments));
        if (await TryForwardAsync(path, folder, arguments).ConfigureAwait(false) is { } exit)
        {
            return exit;
        }

        command = new CommandLine(ClientWords.Of(client), new NoValidatorCalls(() => SocketPath(command!.Ledger)), terminal, folder, TimeProvider.System);
        return await command.RunAsync(arguments).ConfigureAwait(false);
    }

    private static string Ledger(IReadOnlyList<string> arguments)
    {
        for (var i = 0; i + 1 < arguments.Count; i++)
        {
            if (arguments[i] is "-l" or "--ledger")
            {
                return arguments[i + 1];
            }
        }

        return "ledger";
    }

    private static string SocketPath(string ledger) => $"{ledger.TrimEnd('/')}/admin.rpc";

    private static async Task<int?> TryForwardAsync(string path, string folder, IReadOnlyList<string> arguments)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path)).ConfigureAwait(false);
        }
        catch (Exception e) when (e is SocketException or ArgumentOutOfRangeException)
        {
            socket.Dispose();
            return null;
        }

        var stream = new NetworkStream(socket, ownsSocket: true);
        await using (stream.ConfigureAwait(false))
        {
            var request = $$"""{"jsonrpc":"2.0","id":1,"method":"{{CommandSession.Method}}","params":["{{ToHex(string.Concat(arguments.Select(argument => argument + '\0')))}}","{{ToHex(folder)}}"]}""";
            await stream.WriteAsync(Encoding.ASCII.GetBytes(request)).ConfigureAwait(false);
            return await new FrameReader(stream, new ConsoleTerminal()).RunAsync().ConfigureAwait(false);
        }
    }

    private static string ToHex(string text) => Convert.ToHexString(Encoding.UTF8.GetBytes(text));
}
