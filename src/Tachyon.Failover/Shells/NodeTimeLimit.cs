namespace Tachyon.Failover.Shells;

/// <summary>
/// A time limit that the node itself keeps. A coordinator that stops waiting, or is gone, ends nothing on a node: a script that reads without end would run there for ever.
/// </summary>
internal static class NodeTimeLimit
{
    /// <summary>The exit status if the time ran out.</summary>
    public const int RanOut = 124;

    /// <summary>Runs a script in a shell of its own, and ends it with all its programs after the limit. Its first parameter is the process of the shell that starts it.</summary>
    public static ShellScript Of(TimeSpan limit, ShellScript script) => OfCommand(limit, ShellScript.Create($"sh -c {script.Text} sh $$"));

    /// <summary>Runs a program, and ends it after the limit.</summary>
    public static ShellScript OfCommand(TimeSpan limit, ShellScript command) => ShellScript.Create($"timeout -k 1 {PosixText.Seconds(limit)} {command}");
}
