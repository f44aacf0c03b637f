using System.Globalization;

namespace Tachyon.Failover.Shells;

/// <summary>
/// Maps the coordinator's clock to the node's clocks, so that the node can reject a script that arrives too late. The uptime, from <c>/proc/uptime</c>,
/// cannot be set, and advances while a machine is suspended. The wall clock also covers the pause of a virtual machine, which the uptime omits.
/// </summary>
/// <remarks>
/// The reading is older than its arrival. So a script may be rejected early by the time of one message, and never begins too late. The clocks of two machines differ by
/// far less than a second in the minutes for which a lock is held. If this machine was suspended since, the node's clocks are ahead by that time, and later scripts come too late.
/// </remarks>
internal sealed class NodeUptime
{
    /// <summary>The status of a script that was rejected because it came too late. No program in the scripts uses it.</summary>
    public const int TooLate = 91;

    private const string Greeting = "ready";
    private const long HundredthsInASecond = 100;

    /// <summary>What a conversation's opening prints at its end: <c>ready</c>, and the clocks if the node has them.</summary>
    public static ShellScript Greet { get; } = ShellScript.Create(
        $"""
        if test -r /proc/uptime; then read -r up rest </proc/uptime; fi
        echo {Greeting} "$up" "$(date +%s)"
        """);

    private readonly Reading? _uptime;
    private readonly Reading? _wallClock;

    private NodeUptime(Reading? uptime, Reading? wallClock) => (_uptime, _wallClock) = (uptime, wallClock);

    /// <summary>Reads the first line of a conversation, <c>ready</c> and the clocks; null for any other line.</summary>
    public static NodeUptime? FromGreeting(string? line, TimeProvider time)
    {
        var words = line?.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words is not [Greeting, ..])
        {
            return null;
        }

        var heardAt = time.GetTimestamp();
        return words is [_, var up, var wall]
            && decimal.TryParse(up, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)
            && long.TryParse(wall, NumberStyles.None, CultureInfo.InvariantCulture, out var shown)
            ? new NodeUptime(new Reading((long)(seconds * HundredthsInASecond), heardAt), new Reading(shown, heardAt))
            : new NodeUptime(null, null);
    }

    /// <summary>Merges an earlier reading, which counts, so that a suspension between the two shows. An uptime smaller than before is from another boot.</summary>
    public NodeUptime Since(NodeUptime? before) =>
        before is not { _uptime: { } uptime, _wallClock: { } wallClock } || _uptime is null ? this
        : new NodeUptime(uptime.Shown <= _uptime.Value.Shown ? uptime : _uptime, wallClock);

    /// <summary>The prefix that rejects a script that arrives too late. A rejected script prints the clocks.</summary>
    /// <returns>Empty for a script without a limit; null if the node does not report its clocks.</returns>
    public ShellScript? Guard(ScriptRequest request, TimeProvider time)
    {
        if (request.Within is not { } within)
        {
            return ShellScript.Create($"");
        }

        if (_uptime is not { } uptime || _wallClock is not { } wallClock)
        {
            return null;
        }

        var until = uptime.Shown + (long)Math.Floor((time.GetElapsedTime(uptime.HeardAt, request.AskedAt) + within).TotalSeconds * HundredthsInASecond);

        // The clock was read in whole seconds, so the true time may be up to a second later.
        var wallClockUntil = wallClock.Shown + (long)Math.Ceiling((time.GetElapsedTime(wallClock.HeardAt, request.AskedAt) + within).TotalSeconds);
        return ShellScript.Create(
            $$"""
            read -r now rest </proc/uptime && test "${now%.*}${now#*.}" -lt {{until}} && test "$(date +%s)" -le {{wallClockUntil}} || { {{Greet}}; exit {{TooLate}}; }
            """);
    }

    private readonly record struct Reading(long Shown, long HeardAt);
}
