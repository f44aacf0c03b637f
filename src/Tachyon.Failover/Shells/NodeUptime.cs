using System.Globalization;

namespace Tachyon.Failover.Shells;

/// <summary>
/// A node's own clock, for how late a script may begin: how long the node had been up when it said so, and when that was heard here. Read on the node from <c>/proc/uptime</c>, which nobody can
/// set and which goes on while a machine is suspended.
/// </summary>
/// <remarks>
/// It was heard later than it was said, so a script may be refused too early, by the way of one message, and is never begun too late. The two clocks differ in pace by far less than a second in the minutes
/// that a conversation with a lock lasts.
/// </remarks>
internal sealed class NodeUptime
{
    /// <summary>The status of a script that was not begun because it came too late. No program that is run there ends with it.</summary>
    public const int TooLate = 91;

    private const string Greeting = "ready";
    private const long HundredthsInASecond = 100;

    /// <summary>What a conversation's opening says when it is through: <c>ready</c>, and the uptime if the node tells it.</summary>
    public static ShellScript Greet { get; } = ShellScript.Create(
        $"""
        if test -r /proc/uptime; then read -r up rest </proc/uptime; fi
        echo {Greeting} "$up"
        """);

    private readonly long? _hundredths;
    private readonly long _heardAt;

    private NodeUptime(long? hundredths, long heardAt) => (_hundredths, _heardAt) = (hundredths, heardAt);

    /// <summary>Reads the first line of a conversation, <c>ready</c> and the uptime; null if it is not that.</summary>
    public static NodeUptime? FromGreeting(string? line, TimeProvider time)
    {
        if (line is null || !(line == Greeting || line.StartsWith($"{Greeting} ", StringComparison.Ordinal)))
        {
            return null;
        }

        var isTold = decimal.TryParse(line[Greeting.Length..].Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds);
        return new NodeUptime(isTold ? (long)(seconds * HundredthsInASecond) : null, time.GetTimestamp());
    }

    /// <summary>What keeps a script from being begun too late, to stand in front of it.</summary>
    /// <returns>Nothing for one that may be begun at any time; null if the node does not tell its uptime.</returns>
    public ShellScript? Guard(ScriptRequest request, TimeProvider time)
    {
        if (request.Within is not { } within)
        {
            return ShellScript.Create($"");
        }

        if (_hundredths is not { } said)
        {
            return null;
        }

        var until = said + (long)Math.Floor((time.GetElapsedTime(_heardAt, request.AskedAt) + within).TotalSeconds * HundredthsInASecond);
        return ShellScript.Create($$"""read -r now rest </proc/uptime && test "${now%.*}${now#*.}" -lt {{until}} || exit {{TooLate}}""");
    }
}
