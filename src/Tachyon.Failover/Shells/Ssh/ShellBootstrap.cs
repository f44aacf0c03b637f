using System.Security.Cryptography;
using System.Text;

namespace Tachyon.Failover.Shells.Ssh;

/// <summary>
/// How a script gets into a POSIX <c>sh</c> through any login shell. The command contains nothing that the quoting of a shell
/// changes: csh expands <c>!</c> and stops at line ends between single quotes, fish reads backslashes there. It prints a mark,
/// then reads the script as one line from its standard input.
/// </summary>
/// <remarks>
/// The mark shows that <c>sh</c> runs and that the script has not begun. A login shell's output before it is dropped. The script can begin only after
/// the end of the line. So a start that fails before that is sent has certainly not run the script.
/// </remarks>
internal sealed class ShellBootstrap
{
    private const int MarkBytes = 8;
    private const string ReadAndRun = "IFS= read -r tachyon_script && eval \"$(printf %b \"$tachyon_script\")\"";

    private ShellBootstrap(string mark, string command)
    {
        Command = command;
        Mark = Encoding.ASCII.GetBytes(mark + "\n");
        StatusMark = Encoding.ASCII.GetBytes(StatusPrefix(mark));
    }

    public string Command { get; }

    /// <summary>The mark with its line end.</summary>
    public ReadOnlyMemory<byte> Mark { get; }

    /// <summary>The text before the exit status, on the standard error of a supervised script.</summary>
    public ReadOnlyMemory<byte> StatusMark { get; }

    /// <summary>For a connection that reports how the script ended.</summary>
    public static ShellBootstrap Create()
    {
        var mark = NewMark();
        return new(mark, $"exec sh -c 'echo {mark}; {ReadAndRun}'");
    }

    /// <summary>
    /// For a connection whose own end looks like an exit status: another <c>sh</c> waits for the script and writes its status as the
    /// last line of the standard error. The mark comes on both outputs, so that each continues with the script's output.
    /// </summary>
    public static ShellBootstrap CreateSupervised()
    {
        var mark = NewMark();
        var supervisor = $"sh -c \"$1\"; tachyon_status=$?; echo \"{StatusPrefix(mark)}$tachyon_status\" >&2; exit $tachyon_status";
        return new(mark, $"exec sh -c '{supervisor}' sh 'echo {mark}; echo {mark} >&2; {ReadAndRun}'");
    }

    /// <summary>The line that the bootstrap reads: all but plain ASCII as octal, for <c>printf %b</c>.</summary>
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

    private static string NewMark() => $"tachyon-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(MarkBytes))}";

    // Begins with a character that rarely ends a text: the reader holds back any possible beginning.
    private static string StatusPrefix(string mark) => $"~{mark} ";
}
