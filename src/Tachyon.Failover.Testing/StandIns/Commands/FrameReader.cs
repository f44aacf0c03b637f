using System.Globalization;
using System.Text;

namespace Tachyon.Failover.Testing.StandIns.Commands;

/// <summary>The other end of a <see cref="FramedTerminal"/>.</summary>
internal sealed class FrameReader(Stream stream, ConsoleTerminal terminal)
{
    public async Task<int> RunAsync()
    {
        var ifCut = "";
        try
        {
            while (true)
            {
                var (kind, number) = await ReadHeadAsync().ConfigureAwait(false);
                switch (kind)
                {
                    case 'x':
                        return number;
                    case 'o':
                        await terminal.OutAsync(await ReadTextAsync(number).ConfigureAwait(false)).ConfigureAwait(false);
                        break;
                    case 'e':
                        await terminal.ErrorAsync(await ReadTextAsync(number).ConfigureAwait(false)).ConfigureAwait(false);
                        break;
                    case 'c':
                        ifCut = await ReadTextAsync(number).ConfigureAwait(false);
                        break;
                    case 'i':
                        var input = await terminal.ReadInputAsync().ConfigureAwait(false);
                        await stream.WriteAsync(Encoding.ASCII.GetBytes(Convert.ToHexString(Encoding.UTF8.GetBytes(input)) + "\n")).ConfigureAwait(false);
                        break;
                }
            }
        }
        catch (IOException)
        {
            await terminal.OutAsync(ifCut).ConfigureAwait(false);
            return 1;
        }
    }

    private async Task<(char Kind, int Number)> ReadHeadAsync()
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (true)
        {
            await stream.ReadExactlyAsync(one).ConfigureAwait(false);
            if (one[0] == (byte)'\n')
            {
                return (head[0], int.Parse(head.ToString(2, head.Length - 2), CultureInfo.InvariantCulture));
            }

            head.Append((char)one[0]);
        }
    }

    private async Task<string> ReadTextAsync(int length)
    {
        var bytes = new byte[length];
        await stream.ReadExactlyAsync(bytes).ConfigureAwait(false);
        return Encoding.UTF8.GetString(bytes);
    }
}
