namespace Tachyon.Failover.Testing.StandIns;

/// <summary>The options of a simulated cluster. The defaults are those of the cluster on which the behavior was measured.</summary>
public sealed record StandInClusterOptions
{
    /// <summary>
    /// The folder for its files: created if need be, and not removed. Keep its path short: the nodes' sockets are below it, and a
    /// unix socket's path has at most 107 bytes.
    /// </summary>
    public required string Folder { get; init; }

    /// <summary>The client of both nodes.</summary>
    /// <value>4.0.</value>
    public StandInClient Client { get; init; }

    /// <summary>The seed of keys, leaders and chances.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>The length of a slot.</summary>
    /// <value>Default 400 ms, at least 50 ms.</value>
    public TimeSpan SlotDuration { get; init; } = TimeSpan.FromMilliseconds(400);

    /// <summary>The number of slots of an epoch.</summary>
    /// <value>Default 4000, at least 32.</value>
    public ulong SlotsPerEpoch { get; init; } = 4000;

    /// <summary>The first slot that is made in time. The history before it is long enough for full towers.</summary>
    /// <value>Default 4800, at least 200.</value>
    public ulong StartSlot { get; init; } = 4800;

    /// <summary>How often a slot of the big node has no block.</summary>
    /// <value>Default 0, at most 0.9.</value>
    public double SkippedSlots { get; init; }

    /// <summary>How often a vote lands a block late.</summary>
    /// <value>Default 0.</value>
    public double LateVotes { get; init; }

    /// <summary>How often a vote is lost on its way.</summary>
    /// <value>Default 0.</value>
    public double LostVotes { get; init; }

    /// <summary>The staked identity's share of the leader schedule.</summary>
    /// <value>Default 0.05, as its stake; 0 for none.</value>
    public double LeaderShare { get; init; } = 0.05;

    /// <summary>How long a restarted validator takes until it has caught up.</summary>
    /// <value>Default 500 ms. The first start takes no such time.</value>
    public TimeSpan RestartTime { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The nodes whose arguments contain the authorized voter.</summary>
    /// <value>Default both.</value>
    public StandInVoters Voters { get; init; } = StandInVoters.Both;

    /// <summary>The time limit of a start, and of the answer to an order.</summary>
    /// <value>Default 30 s.</value>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromSeconds(30);

    internal static void Validate(StandInClusterOptions options) => options.Validate(nameof(options));

    private void Validate(string parameterName)
    {
        var wrong = new List<string>();
        void Check(bool holds, string words)
        {
            if (!holds)
            {
                wrong.Add(words);
            }
        }

        Check(!string.IsNullOrWhiteSpace(Folder), $"{nameof(Folder)} is empty");
        Check(SlotDuration >= TimeSpan.FromMilliseconds(50), $"{nameof(SlotDuration)} is below 50 ms");
        Check(SlotsPerEpoch >= 32, $"{nameof(SlotsPerEpoch)} is below 32");
        Check(StartSlot >= 200, $"{nameof(StartSlot)} is below 200");
        Check(SkippedSlots is >= 0 and <= 0.9, $"{nameof(SkippedSlots)} is not from 0 to 0.9");
        Check(LateVotes is >= 0 and <= 1, $"{nameof(LateVotes)} is not from 0 to 1");
        Check(LostVotes is >= 0 and <= 1, $"{nameof(LostVotes)} is not from 0 to 1");
        Check(LeaderShare is >= 0 and <= 1, $"{nameof(LeaderShare)} is not from 0 to 1");
        Check(RestartTime >= TimeSpan.Zero, $"{nameof(RestartTime)} is negative");
        Check(TimeLimit > TimeSpan.Zero, $"{nameof(TimeLimit)} is not positive");
        if (wrong.Count > 0)
        {
            throw new ArgumentException($"The simulated cluster cannot be like this: {string.Join("; ", wrong)}.", parameterName);
        }
    }
}
