using Tachyon.Failover.Testing.Simulation.Chain;
using Tachyon.Failover.Testing.Simulation.Nodes;

namespace Tachyon.Failover.Testing.Simulation;

/// <summary>The options of a simulated pair and its cluster.</summary>
public sealed record SimulatedPairOptions
{
    /// <summary>The seed of all chance: leaders, delays, beats, late votes, and the duration of faults.</summary>
    /// <value>1.</value>
    public ulong Seed { get; init; } = 1;

    /// <summary>The round-trip time to each node.</summary>
    /// <value>20 ms; 0 to 10 s.</value>
    public TimeSpan RoundTrip { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>The staked identity's share of the leader schedule.</summary>
    /// <value>0.002, so that windows of two minutes are found; 0 to 1.</value>
    public double LeaderShare { get; init; } = 0.002;

    /// <summary>How often a slot has no block.</summary>
    /// <value>0; 0 to 0.9.</value>
    public double SkippedSlots { get; init; }

    /// <summary>How often a fork of one or two blocks begins with a slot.</summary>
    /// <value>0; 0 to 0.5.</value>
    public double Forks { get; init; }

    /// <summary>How often a vote lands a block late.</summary>
    /// <value>0; 0 to 1.</value>
    public double LateVotes { get; init; }

    /// <summary>How often a vote is lost on its way to the leader.</summary>
    /// <value>0; 0 to 1.</value>
    public double LostVotes { get; init; }

    /// <summary>What both nodes say they run.</summary>
    internal SimulatedClient Client { get; init; } = SimulatedClient.Tachyon22;

    /// <summary>The imperfections of the real world that the simulation has.</summary>
    internal WorldRules World { get; init; } = new();

    internal static ChainOptions Chain(SimulatedPairOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate(nameof(options));
        return new ChainOptions
        {
            Seed = options.Seed,
            LeaderShare = options.LeaderShare,
            SkippedSlots = options.SkippedSlots,
            Forks = options.Forks,
            LateVotes = options.LateVotes,
            LostVotes = options.LostVotes,
        };
    }

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

        Check(RoundTrip >= TimeSpan.Zero && RoundTrip <= TimeSpan.FromSeconds(10), $"{nameof(RoundTrip)} is {RoundTrip.TotalSeconds} s, not from 0 to 10 s");
        Check(LeaderShare is >= 0 and <= 1, $"{nameof(LeaderShare)} is {LeaderShare}, not from 0 to 1");
        Check(SkippedSlots is >= 0 and <= 0.9, $"{nameof(SkippedSlots)} is {SkippedSlots}, not from 0 to 0.9");
        Check(Forks is >= 0 and <= 0.5, $"{nameof(Forks)} is {Forks}, not from 0 to 0.5");
        Check(LateVotes is >= 0 and <= 1, $"{nameof(LateVotes)} is {LateVotes}, not from 0 to 1");
        Check(LostVotes is >= 0 and <= 1, $"{nameof(LostVotes)} is {LostVotes}, not from 0 to 1");
        if (wrong.Count > 0)
        {
            throw new ArgumentException($"The simulated pair cannot be like this: {string.Join("; ", wrong)}.", parameterName);
        }
    }
}
