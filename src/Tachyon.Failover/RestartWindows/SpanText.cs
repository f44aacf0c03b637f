using System.Globalization;

namespace Tachyon.Failover.RestartWindows;

/// <summary>A time span as text, to the second.</summary>
internal static class SpanText
{
    public static string Of(TimeSpan span) => span switch
    {
        _ when span < TimeSpan.FromSeconds(10) => string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0.#} s"),
        _ when span < TimeSpan.FromMinutes(2) => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(span.TotalSeconds):0} s"),
        _ when span < TimeSpan.FromHours(2) => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(span.TotalMinutes):0} min{(span.Seconds == 0 ? "" : $" {span.Seconds} s")}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(span.TotalHours):0} h {span.Minutes} min"),
    };
}
