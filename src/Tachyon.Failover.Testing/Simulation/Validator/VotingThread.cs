using Tachyon.Failover.Testing.Simulation.Chain;
using Tachyon.Failover.Testing.Simulation.Time;
using Tachyon.Failover.Testing.Simulation.Votes;

namespace Tachyon.Failover.Testing.Simulation.Validator;

/// <summary>
/// Takes the votes that replay generates, one after the other: saves the tower, sends the vote, tells gossip. It runs on its own
/// thread, so a vote reaches the file some milliseconds after its generation. Votes that come up while a call waits for the key lock
/// may be held back until the lock is free, and are saved within 20 ms then (validator.md 1.4 and 1.5).
/// </summary>
internal sealed class VotingThread(ValidatorOptions options, NodeEvents events, ITowerStore towers, IValidatorLink link, KeyLock keyLock, SeededRandom random)
{
    private readonly Queue<Vote> _queue = new();
    private bool _busy;
    private bool _heldBack;

    /// <summary>Raised for each vote that goes to gossip.</summary>
    public Action<Pubkey, ulong>? Sent { get; set; }

    /// <summary>Takes a vote.</summary>
    /// <param name="identity">The signer, and the owner of the tower.</param>
    /// <param name="stack">The tower with the vote.</param>
    /// <param name="bank">The bank voted for.</param>
    /// <param name="isStale">Whether the node lags so far that the vote goes to a leader of long ago, and is lost.</param>
    public void Submit(Pubkey identity, VoteStack stack, Bank bank, bool isStale)
    {
        _queue.Enqueue(new Vote(identity, stack, bank, isStale));
        if (!_busy)
        {
            _busy = true;
            events.Schedule(random.Chance(0.95) ? random.Milliseconds(0.3, 3) : random.Milliseconds(3, 15), Next);
        }
    }

    /// <summary>The lock is free again.</summary>
    public void OnLockReleased()
    {
        if (_heldBack)
        {
            _heldBack = false;
            events.Schedule(random.Milliseconds(3, 20), () => Save(heldBack: true));
        }
    }

    private void Next()
    {
        if (keyLock.IsWaiting && random.Chance(options.HeldBackVotes))
        {
            _heldBack = true;
            return;
        }

        Save(heldBack: false);
    }

    private void Save(bool heldBack)
    {
        var vote = _queue.Dequeue();
        towers.Save(vote.Identity, vote.Stack, vote.Bank);
        if (!vote.IsStale)
        {
            Send(vote, heldBack);
            Sent?.Invoke(vote.Identity, vote.Bank.Slot);
        }

        if (_queue.Count > 0)
        {
            events.Schedule(random.Milliseconds(0.3, 3), Next);
        }
        else
        {
            _busy = false;
        }
    }

    private void Send(Vote vote, bool heldBack)
    {
        var signedAt = events.Now;
        if (!heldBack)
        {
            link.SendVote(vote.Identity, vote.Stack, signedAt);
        }
        else if (!random.Chance(options.HeldBackVotesLost))
        {
            events.Schedule(random.Milliseconds(0, 500), () => link.SendVote(vote.Identity, vote.Stack, signedAt));
        }
    }

    private sealed record Vote(Pubkey Identity, VoteStack Stack, Bank Bank, bool IsStale);
}
