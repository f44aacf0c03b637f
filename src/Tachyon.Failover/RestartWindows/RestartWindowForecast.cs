using System.Globalization;

namespace Tachyon.Failover.RestartWindows;

/// <summary>What a leader schedule means for a wait: whether a window is open, when it opens, and the text about it. Pure.</summary>
/// <param name="known">The schedule.</param>
/// <param name="now">The slot that is being produced.</param>
/// <param name="slot">The least length of a slot.</param>
/// <param name="minimumIdle">The required length of a window.</param>
/// <param name="clock">The time on the clock.</param>
internal sealed class RestartWindowForecast(KnownSchedule known, ulong now, TimeSpan slot, TimeSpan minimumIdle, DateTimeOffset clock)
{
    private const int WindowsTold = 3;

    private readonly string _asked = SpanText.Of(minimumIdle);

    /// <summary>The first window that is long enough; null if none is known.</summary>
    public RestartWindow? Next { get; } = known.Leader.FindFrom(now, SlotsIn(minimumIdle, slot));

    /// <summary>The least time without leader slots from now on; null if that is not long enough.</summary>
    public TimeSpan? IdleNow => Next is { } next && next.FirstSlot == now ? Span(next.Slots) : null;

    /// <summary>The least time until a window opens; null if none is known.</summary>
    public TimeSpan? UntilNext => Next is { } next ? Until(next.FirstSlot) : null;

    /// <summary>Why waiting for so long does not help, with the longest window that there is; null if it may help.</summary>
    public string? WhyNotWithin(TimeSpan? limit) =>
        Next is not { } next ? known.HasNextEpoch ? $"{NoWindowBefore(known.Leader.EndSlot, "the next epoch's end")}; ask for a shorter one, or later" : null
        : Until(next.FirstSlot) > limit ? $"the next window of {_asked} opens after the time limit: {Text(next)}{Longest(next.FirstSlot)}; ask for a shorter one, or later"
        : null;

    /// <summary>Why no window opens in time, at any pace of slots between half and twice the usual one; null if one may.</summary>
    public static string? WhyNever(KnownSchedule known, ulong now, RestartWindowRequest request, DateTimeOffset clock)
    {
        var slot = request.Slot;

        // With long slots a window needs few of them; with short slots it begins soon.
        var first = known.Leader.FindFrom(now, SlotsIn(request.MinimumIdle, 2 * slot));
        var isNever = first is { } next ? next.FirstSlot > now && slot / 2 * (next.FirstSlot - now) > request.Limit : known.HasNextEpoch;
        return isNever ? new RestartWindowForecast(known, now, slot, request.MinimumIdle, clock).WhyNotWithin(request.Limit) : null;
    }

    /// <summary>The progress of the wait, as text.</summary>
    public IEnumerable<string> Lines()
    {
        yield return string.Create(CultureInfo.InvariantCulture, $"slot {now - 1} of epoch {known.Epoch.Epoch}, {slot.TotalMilliseconds:0} ms a slot; the identity leads next {LeadsNext}");
        if (Next is null || Next.FirstSlot >= known.EndOfEpoch)
        {
            yield return NoWindowBefore(Math.Min(known.EndOfEpoch, known.Leader.EndSlot), "this epoch's end");
        }

        if (Next is not null)
        {
            yield return $"windows of {_asked}: {string.Join("; ", known.Leader.WindowsFrom(now).Where(window => window.Slots >= SlotsIn(minimumIdle, slot)).Take(WindowsTold).Select(Text))}";
        }
        else if (!known.HasNextEpoch)
        {
            yield return "the leader slots of the next epoch are not known yet";
        }
    }

    private string LeadsNext => known.Leader.NextFrom(now) is { } next ? string.Create(CultureInfo.InvariantCulture, $"at slot {next}: {At(next)}") : "in no slot that is known";

    private string NoWindowBefore(ulong end, string what) => $"no window of {_asked} before {what} ({At(end)}){Longest(end)}";

    private string Longest(ulong before)
    {
        var windows = known.Leader.WindowsFrom(now).TakeWhile(window => window.FirstSlot < before).ToList();
        return windows.Count == 0 ? "" : $"; the longest there is: {Text(windows.MaxBy(window => window.Slots)!)}";
    }

    private string Text(RestartWindow window) => $"{At(window.FirstSlot)}, for {(window.EndsUnknown ? "at least " : "")}{SpanText.Of(Span(window.Slots))}";

    /// <summary>The time at which a slot begins, and how long it takes until then.</summary>
    private string At(ulong at) => Until(at) is var until && until < DateTimeOffset.MaxValue - clock
        ? string.Create(CultureInfo.InvariantCulture, $"{clock + until:u}, in {SpanText.Of(until)}")
        : "never";

    private TimeSpan Until(ulong at) => at > now ? Span(at - now) : TimeSpan.Zero;

    private static ulong SlotsIn(TimeSpan span, TimeSpan slot) => (ulong)Math.Ceiling(span / slot);

    // A span that does not fit counts as unlimited.
    private TimeSpan Span(ulong slots) => slots > (ulong)(TimeSpan.MaxValue / slot) ? TimeSpan.MaxValue : slot * slots;
}
