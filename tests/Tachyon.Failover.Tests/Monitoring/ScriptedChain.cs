using Microsoft.Extensions.Time.Testing;
using Tachyon.Failover.Cluster;
using Tachyon.Failover.Tests.Towers;

namespace Tachyon.Failover.Tests.Monitoring;

/// <summary>A chain with a slot every 400 ms of a clock, on which votes of one identity land or not.</summary>
internal sealed class ScriptedChain(FakeTimeProvider time)
{
    public static readonly Pubkey Staked = VoteStack.Keypair.Pubkey;

    private readonly DateTimeOffset _begun = time.GetUtcNow();
    private ulong? _stoppedAt;
    private ulong? _lastVote;

    public ulong Slot => _stoppedAt ?? 10_000 + (ulong)((time.GetUtcNow() - _begun).TotalMilliseconds / 400);

    public ulong LastVote => _lastVote ?? Slot - 1;

    public ulong Lamports { get; set; } = 1_000_000_000;

    public void StopVotes() => _lastVote = LastVote;

    public void LandVotes() => _lastVote = null;

    public void StandStill() => _stoppedAt = Slot;

    public VoteAccount Account => new()
    {
        Address = new Pubkey(new byte[32]),
        Node = Staked,
        ActivatedStake = 1,
        LastVote = LastVote,
        RootSlot = 0,
        IsDelinquent = Slot - LastVote > 128,
        Credits = 0,
    };
}
