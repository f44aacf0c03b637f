using System.Globalization;
using System.Text;

namespace Tachyon.Failover.Testing.StandIns.Rpc;

/// <summary>An HTTP request, as far as JSON-RPC needs one.</summary>
internal sealed record HttpRequest(bool IsPost, byte[] Body)
{
    private const int MaxHead = 16 * 1024;

    /// <summary>Reads a request; null if the client has closed.</summary>
    /// <exception cref="FormatException">The input is not HTTP.</exception>
    public static async Task<HttpRequest?> ReadAsync(Stream stream)
    {
        var buffer = new byte[4096];
        var length = 0;
        int end;
        while ((end = buffer.AsSpan(0, length).IndexOf("\r\n\r\n"u8)) < 0)
        {
            if (length == buffer.Length)
            {
                if (length >= MaxHead)
                {
                    throw new FormatException("The head of the request does not end.");
                }

                Array.Resize(ref buffer, length * 2);
            }

            var read = await stream.ReadAsync(buffer.AsMemory(length)).ConfigureAwait(false);
            if (read == 0)
            {
                return null;
            }

            length += read;
        }

        var head = Encoding.ASCII.GetString(buffer, 0, end).Split("\r\n");
        var body = new byte[ContentLength(head)];
        var already = Math.Min(length - end - 4, body.Length);
        buffer.AsSpan(end + 4, already).CopyTo(body);
        await stream.ReadExactlyAsync(body.AsMemory(already)).ConfigureAwait(false);
        return new HttpRequest(head[0].StartsWith("POST ", StringComparison.Ordinal), body);
    }

    private static int ContentLength(string[] head)
    {
        const string name = "content-length:";
        var line = Array.Find(head, line => line.StartsWith(name, StringComparison.OrdinalIgnoreCase));
        return line is null ? 0 : int.Parse(line.AsSpan(name.Length), NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture);
    }
}
