using System.Globalization;
using System.Text.Json;

namespace Tachyon.Failover.Testing.StandIns.Commands;

/// <summary>
/// <c>wait-for-restart-window</c> with its faults: it looks every 5 s, has no time limit, assumes 0.4 s a slot and does not
/// look past the end of the epoch. It does not wait for new snapshots, as with <c>--skip-new-snapshot-check</c>.
/// </summary>
internal sealed class RestartWindowCommand(ClientWords client, IAdminCalls admin, ICommandTerminal terminal, TimeProvider time)
{
    private const ulong SlotsPerMinute = 150;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    public async Task<int> RunAsync(Queue<string> arguments)
    {
        var minutes = 10UL;
        while (arguments.TryDequeue(out var argument))
        {
            if (argument is "--min-idle-time" && arguments.TryDequeue(out var value))
            {
                minutes = ulong.Parse(value, CultureInfo.InvariantCulture);
            }
        }

        try
        {
            await WaitAsync(minutes).ConfigureAwait(false);
            return 0;
        }
        catch (AdminCallException e)
        {
            await terminal.OutAsync($"{client.Failed(e.Message)}\n").ConfigureAwait(false);
            return 1;
        }
    }

    private async Task WaitAsync(ulong minutes)
    {
        var idle = minutes * SlotsPerMinute;
        var identity = (await admin.QueryAsync("getIdentity").ConfigureAwait(false)).GetProperty("identity").GetString()!;
        await terminal.OutAsync(
            $"Identity: {identity}\nMinimum Idle Time: {idle} slots (~{minutes} minutes)\nMaximum permitted delinquency: 5%\n").ConfigureAwait(false);

        var start = time.GetTimestamp();
        ulong? fetched = null;
        ulong[] schedule = [];
        while (true)
        {
            var info = await admin.QueryAsync("getEpochInfo", Processed).ConfigureAwait(false);
            var epoch = info.GetProperty("epoch").GetUInt64();
            var slot = info.GetProperty("absoluteSlot").GetUInt64();
            var index = info.GetProperty("slotIndex").GetUInt64();
            if (fetched != epoch)
            {
                await terminal.OutAsync($"Fetching leader schedule for epoch {epoch}...\n").ConfigureAwait(false);
                schedule = await ScheduleAsync(identity, slot - index).ConfigureAwait(false);
                fetched = epoch;
                if (client.NeedsWindowInEpoch && LongestWindow(schedule, slot - index, info.GetProperty("slotsInEpoch").GetUInt64()) is var longest && longest < idle)
                {
                    throw new AdminCallException(string.Create(CultureInfo.InvariantCulture, $"Validator has no idle window of at least {idle} slots. Largest idle window for epoch {epoch} is {longest} slots"));
                }
            }

            if (WhyNot(index, info.GetProperty("slotsInEpoch").GetUInt64(), slot, idle, schedule) is not { } reason)
            {
                await terminal.OutAsync("Ready to restart\n").ConfigureAwait(false);
                return;
            }

            var snapshot = (await admin.QueryAsync("getHighestSnapshotSlot").ConfigureAwait(false)).GetProperty("full").GetUInt64();
            await terminal.OutAsync(
                string.Create(CultureInfo.InvariantCulture, $"{time.GetElapsedTime(start):hh\\:mm\\:ss} | Processed Slot: {slot} | Full Snapshot Slot: {snapshot} | Incremental Snapshot Slot: - | 0.00% delinquent stake | {reason}\n"))
                .ConfigureAwait(false);
            await Task.Delay(Interval, time).ConfigureAwait(false);
        }
    }

    private static object Processed => new Dictionary<string, string>(StringComparer.Ordinal) { ["commitment"] = "processed" };

    private static ulong LongestWindow(IEnumerable<ulong> schedule, ulong first, ulong count)
    {
        var (longest, from) = (0UL, first);
        foreach (var leader in schedule.Append(first + count))
        {
            longest = Math.Max(longest, leader - from);
            from = leader + 1;
        }

        return longest;
    }

    private static string? WhyNot(ulong index, ulong slotsInEpoch, ulong slot, ulong idle, ulong[] schedule)
    {
        if (index + idle > slotsInEpoch)
        {
            return "Current epoch is almost complete";
        }

        var next = Array.Find(schedule, leader => leader >= slot);
        return next == 0 || next - slot >= idle ? null : $"Validator will be leader soon. Next leader slot is {next}";
    }

    private async Task<ulong[]> ScheduleAsync(string identity, ulong firstSlot)
    {
        var options = new Dictionary<string, string>(StringComparer.Ordinal) { ["identity"] = identity };
        var schedule = await admin.QueryAsync("getLeaderSchedule", firstSlot, options).ConfigureAwait(false);
        return schedule.ValueKind == JsonValueKind.Object && schedule.TryGetProperty(identity, out var slots)
            ? [.. slots.EnumerateArray().Select(slot => firstSlot + slot.GetUInt64())]
            : [];
    }
}
