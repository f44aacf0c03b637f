using System.Globalization;
using System.Text.RegularExpressions;

namespace Tachyon.Failover.Pairs;

/// <summary>Durations as people write them: <c>2m</c>, <c>1h30m</c>, <c>500ms</c>.</summary>
internal static partial class DurationText
{
    public const string Pattern = @"^(\d{1,6}(\.\d{1,6})?(ms|s|m|h)){1,4}$";

    public const string Remedy = "write a number and a unit: 500ms, 30s, 2m, 1h30m";

    public static bool TryParse(string text, out TimeSpan duration)
    {
        var isDuration = Whole().IsMatch(text);
        duration = (isDuration ? Part().Matches(text) : Enumerable.Empty<Match>()).Aggregate(TimeSpan.Zero, (sum, part) => sum + (double.Parse(part.Groups["number"].Value, CultureInfo.InvariantCulture) * UnitOf(part.Groups["unit"].Value)));
        return isDuration;
    }

    public static TimeSpan Parse(string text) => TryParse(text, out var duration) ? duration : throw new FormatException($"{text} is no duration");

    /// <summary>A time span in words, to the second; below ten seconds to the millisecond.</summary>
    public static string Of(TimeSpan span) => span.Duration() switch
    {
        var length when length < TimeSpan.FromSeconds(10) => string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0.0} s"),
        var length when length < TimeSpan.FromMinutes(2) => string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0} s"),
        var length when length < TimeSpan.FromHours(2) => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(span.TotalMinutes):0} min{(span.Seconds == 0 ? "" : $" {span.Seconds:00} s")}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(span.TotalHours):0} h {span.Minutes:00} min"),
    };

    private static TimeSpan UnitOf(string unit) => unit switch { "ms" => TimeSpan.FromMilliseconds(1), "s" => TimeSpan.FromSeconds(1), "m" => TimeSpan.FromMinutes(1), _ => TimeSpan.FromHours(1) };

    [GeneratedRegex(Pattern, RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Whole();

    [GeneratedRegex(@"(?<number>\d+(\.\d+)?)(?<unit>ms|s|m|h)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Part();
}
