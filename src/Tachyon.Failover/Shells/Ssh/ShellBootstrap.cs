using System.Security.Cryptography;
using System.Text;

namespace Tachyon.Failover.Shells.Ssh;

/// <summary>
/// How a script comes into a POSIX <c>sh</c> behind any login shell. The command that is sent holds nothing that any shell's quoting could
/// change (csh expands <c>!</c> and stops at line ends between single quotes, fish reads backslashes there). It prints a mark,
/// then reads the script as one line from its standard input.
/// </summary>
/// <remarks>
/// The mark tells that <c>sh</c> is there and that the script has not begun; what a login shell prints before it is dropped. Only with
/// the end of the line can the script begin, so until that is sent a failed start is known not to have run.
/// </remarks>
internal sealed class ShellBootstrap
{
    private const int MarkBytes = 8;

    private ShellBootstrap(string mark)
    {
        Command = $"exec sh -c 'echo {mark}; IFS= read -r tachyon_script && eval \"$(printf %b \"$tachyon_script\")\"'";
        Mark = Encoding.ASCII.GetBytes(mark + "\n");
    }

    public string Command { get; }

    /// <summary>The mark with its line end.</summary>
    public ReadOnlyMemory<byte> Mark { get; }

    public static ShellBootstrap Create() => new($"tachyon-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(MarkBytes))}");

    /// <summary>The line that the bootstrap reads: everything but plain ASCII as octal, for <c>printf %b</c>.</summary>
    public static byte[] Encode(ShellScript script)
    {
        var line = new StringBuilder(script.Text.Length + 1);
        foreach (var octet in Encoding.UTF8.GetBytes(script.Text))
        {
            if (octet is >= 0x20 and < 0x7F && octet != '\\')
            {
                line.Append((char)octet);
            }
            else
            {
                line.Append("\\0").Append((char)('0' + (octet >> 6))).Append((char)('0' + ((octet >> 3) & 7))).Append((char)('0' + (octet & 7)));
            }
        }

        return Encoding.ASCII.GetBytes(line.Append('\n').ToString());
    }
}
