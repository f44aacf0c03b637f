using Tachyon.Failover.Nodes;
using Tachyon.Failover.Runtime;

namespace Tachyon.Failover;

/// <summary>Listens for the guard of the active node while votes land. No call waits for it.</summary>
internal sealed class GuardEar(IGuardHeartbeat? heartbeat, TimeProvider time)
{
    /// <summary>The longest time between the last heartbeat and the silence. It listens every ten seconds.</summary>
    private static readonly TimeSpan LongestBefore = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan ListensEvery = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    private Task _listening = Task.CompletedTask;
    private TimeSpan? _listenedAt;
    private TimeSpan? _heardAt;

    /// <summary>Begins to listen, if the interval has passed and the last attempt has ended.</summary>
    /// <param name="now">The time on the monitor's clock.</param>
    public void Listen(TimeSpan now)
    {
        if (heartbeat is not null && _listening.IsCompleted && !(now - _listenedAt < ListensEvery))
        {
            _listenedAt = now;
            _listening = ListenAsync(heartbeat, now);
        }
    }

    /// <summary>Whether the guard was heard shortly before a silence began, when it had seen the votes that landed.</summary>
    /// <param name="silentSince">Since when no new vote was seen to land, on the monitor's clock.</param>
    public bool WasHeardBefore(TimeSpan silentSince) => _heardAt is { } at && at >= silentSince - LongestBefore;

    private async Task ListenAsync(IGuardHeartbeat from, TimeSpan asked)
    {
        var beat = await BoundedCall.ReadAsync(from.ReadAsync, Limit, time).ConfigureAwait(false);
        if (beat.Value is { } heard && !(asked - heard.Age <= _heardAt))
        {
            _heardAt = asked - heard.Age;
        }
    }
}
