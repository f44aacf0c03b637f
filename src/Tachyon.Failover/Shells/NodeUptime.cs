using System.Globalization;

namespace Tachyon.Failover.Shells;

/// <summary>
/// A node's own clocks, for how late a script may begin: what they showed when the node said so, and when that was heard here. The uptime, from <c>/proc/uptime</c>, cannot be set, and goes on while a
/// machine is suspended; the wall clock shows what a virtual machine that was paused has not counted.
/// </summary>
/// <remarks>
/// It was heard later than it was said, so a script may be refused too early, by the way of one message, and is never begun too late. The clocks of two machines differ in pace by far less than a second in
/// the minutes for which a lock is held. If this machine stood still since, the node's clocks are ahead by that much, and whatever is asked for after it comes too late.
/// </remarks>
internal sealed class NodeUptime
{
    /// <summary>The status of a script that was not begun because it came too late. No program that is run there ends with it.</summary>
    public const int TooLate = 91;

    private const string Greeting = "ready";
    private const long HundredthsInASecond = 100;

    /// <summary>What a conversation's opening says when it is through: <c>ready</c>, and what the clocks show if the node tells it.</summary>
    public static ShellScript Greet { get; } = ShellScript.Create(
        $"""
        if test -r /proc/uptime; then read -r up rest </proc/uptime; fi
        echo {Greeting} "$up" "$(date +%s)"
        """);

    private readonly Reading? _uptime;
    private readonly Reading? _wallClock;

    private NodeUptime(Reading? uptime, Reading? wallClock) => (_uptime, _wallClock) = (uptime, wallClock);

    /// <summary>Reads the first line of a conversation, <c>ready</c> and what the clocks show; null if it is not that.</summary>
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

    /// <summary>These clocks, read before as well: the earlier reading counts, so that what stood still between the two shows. An uptime that is less than before is that of another boot.</summary>
    public NodeUptime Since(NodeUptime? before) =>
        before is not { _uptime: { } uptime, _wallClock: { } wallClock } || _uptime is null ? this
        : new NodeUptime(uptime.Shown <= _uptime.Value.Shown ? uptime : _uptime, wallClock);

    /// <summary>What keeps a script from being begun too late, to stand in front of it. A script that is not begun says what the clocks show then.</summary>
    /// <returns>Nothing for one that may be begun at any time; null if the node does not tell what its clocks show.</returns>
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

        // It was read as a whole second, which had begun up to a second before.
        var wallClockUntil = wallClock.Shown + (long)Math.Ceiling((time.GetElapsedTime(wallClock.HeardAt, request.AskedAt) + within).TotalSeconds);
        return ShellScript.Create(
            $$"""
            read -r now rest </proc/uptime && test "${now%.*}${now#*.}" -lt {{until}} && test "$(date +%s)" -le {{wallClockUntil}} || { {{Greet}}; exit {{TooLate}}; }
            """);
    }

    private readonly record struct Reading(long Shown, long HeardAt);
}
