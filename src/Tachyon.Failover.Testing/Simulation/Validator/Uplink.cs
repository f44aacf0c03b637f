using Tachyon.Failover.Testing.Simulation.Votes;

namespace Tachyon.Failover.Testing.Simulation.Validator;

/// <summary>
/// The way between a validator and the cluster, in both directions. While it is cut, votes are lost. Blocks and gossip are not:
/// after the cut, missing blocks are repaired, and gossip is pulled.
/// </summary>
internal sealed class Uplink(IValidatorLink link) : IValidatorLink
{
    private readonly List<Action> _unheard = [];
    private readonly Dictionary<Pubkey, ulong> _untoldVotes = [];
    private (Pubkey Identity, DateTimeOffset Since)? _untoldContact;

    public bool IsCut { get; private set; }

    public void Cut() => IsCut = true;

    /// <summary>Opens the way again. Each side gets what it has missed.</summary>
    public void Open()
    {
        IsCut = false;
        if (_untoldContact is { } contact)
        {
            link.Announce(contact.Identity, contact.Since);
        }

        foreach (var (identity, slot) in _untoldVotes)
        {
            link.PushVote(identity, slot);
        }

        _untoldContact = null;
        _untoldVotes.Clear();
        Action[] unheard = [.. _unheard];
        _unheard.Clear();
        foreach (var hear in unheard)
        {
            Receive(hear);
        }
    }

    /// <summary>Delivers an event from the cluster.</summary>
    public void Receive(Action hear)
    {
        if (IsCut)
        {
            _unheard.Add(hear);
            return;
        }

        hear();
    }

    /// <inheritdoc/>
    public void SendVote(Pubkey identity, VoteStack stack, DateTimeOffset signedAt)
    {
        if (!IsCut)
        {
            link.SendVote(identity, stack, signedAt);
        }
    }

    /// <inheritdoc/>
    public void PushVote(Pubkey identity, ulong slot)
    {
        if (IsCut)
        {
            _untoldVotes[identity] = slot;
            return;
        }

        link.PushVote(identity, slot);
    }

    /// <inheritdoc/>
    public void Announce(Pubkey identity, DateTimeOffset since)
    {
        if (IsCut)
        {
            _untoldContact = (identity, since);
            return;
        }

        link.Announce(identity, since);
    }
}
