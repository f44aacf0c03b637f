using CsCheck;
using Tachyon.Failover.Testing.Keypairs;
using Tachyon.Failover.Testing.Towers;
using Tachyon.Failover.Towers;

namespace Tachyon.Failover.Tests.Towers;

/// <summary>What voting does to a tower, after the vote program: expired votes leave, the 32nd pushes out the root.</summary>
internal sealed class VoteStack
{
    public static readonly ValidatorKeypair Keypair = ValidatorKeypair.Generate(1, "staked");

    /// <summary>Distances from vote to vote: mostly none missed, now and then some, seldom many.</summary>
    public static readonly Gen<int[]> Steps =
        Gen.Frequency((8, Gen.Const(1)), (3, Gen.Int[2, 5]), (1, Gen.Int[6, 300])).Array[1, 90];

    private readonly List<TowerVote> _votes = [];
    private ulong? _root;

    public VoteStack(ulong? root = null) => _root = root;

    public static VoteStack Of(IEnumerable<ulong> slots)
    {
        var stack = new VoteStack();
        foreach (var slot in slots)
        {
            stack.Vote(slot);
        }

        return stack;
    }

    public void Vote(ulong slot)
    {
        while (_votes.Count > 0 && _votes[^1].LastLockedSlot < slot)
        {
            _votes.RemoveAt(_votes.Count - 1);
        }

        if (_votes.Count == Failover.Towers.Tower.MaxVotes)
        {
            _root = _votes[0].Slot;
            _votes.RemoveAt(0);
        }

        _votes.Add(new TowerVote(slot, 1));
        for (var i = 0; i < _votes.Count; i++)
        {
            if (_votes.Count > i + _votes[i].ConfirmationCount)
            {
                _votes[i] = _votes[i] with { ConfirmationCount = _votes[i].ConfirmationCount + 1 };
            }
        }
    }

    public TowerContents Contents() => new() { Node = Keypair.Pubkey, Votes = [.. _votes], Root = _root };

    public TowerFile File() => TowerWriter.Write(Contents(), Keypair);

    public Tower Tower() => Failover.Towers.Tower.Decode(File());
}
