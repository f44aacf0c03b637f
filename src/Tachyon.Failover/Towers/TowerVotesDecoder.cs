namespace Tachyon.Failover.Towers;

/// <summary>Decodes the two places of a tower file that hold votes: the vote state, and the last vote, which repeats it in compact form.</summary>
internal static class TowerVotesDecoder
{
    private const int VoteSize = sizeof(ulong) + sizeof(uint);
    private const uint TowerSync = 3;
    private const int HashSize = 32;

    public static (TowerVote[] Votes, ulong? Root) ReadVoteState(ref TowerReader reader)
    {
        var votes = new TowerVote[reader.Count(Tower.MaxVotes, VoteSize, "the count of votes")];
        for (var i = 0; i < votes.Length; i++)
        {
            var start = reader.Offset;
            var slot = reader.UInt64("a vote's slot");
            var confirmations = reader.UInt32("a vote's confirmation count");
            if (confirmations is 0 or > Tower.MaxVotes)
            {
                throw TowerReader.Error(start, $"the vote for slot {slot} has {confirmations} confirmations, not 1 to {Tower.MaxVotes}");
            }

            votes[i] = new TowerVote(slot, (int)confirmations);
            if (i > 0)
            {
                CheckOrder(start, votes[i - 1], votes[i]);
            }
        }

        var hasRoot = reader.Flag("the flag of the root");
        var rootStart = reader.Offset;
        ulong? root = hasRoot ? reader.UInt64("the root") : null;

        // As in the vote program, root 0 also means no root, and slot 0 can be voted for.
        return root > 0 && votes.Length > 0 && votes[0].Slot <= root
            ? throw TowerReader.Error(rootStart, $"the root is {root}, and the oldest vote is for slot {votes[0].Slot}")
            : (votes, root);
    }

    public static TowerLastVote ReadLastVote(ref TowerReader reader, TowerFile file, TowerVote[] votes, ulong? root)
    {
        var start = reader.Offset;
        var variant = reader.UInt32("the last vote's variant");
        if (variant != TowerSync)
        {
            throw TowerReader.Error(start, $"the last vote is of variant {variant}, not {TowerSync} (tower sync)");
        }

        ReadSameRoot(ref reader, root);
        ReadSameVotes(ref reader, votes, root);

        var hashStart = reader.Offset;
        _ = reader.Bytes(HashSize, "the last vote's hash");
        long? time = reader.Flag("the flag of the last vote's time") ? reader.Int64("the last vote's time") : null;
        var blockIdStart = reader.Offset;
        _ = reader.Bytes(HashSize, "the last vote's block id");

        // Slices of the file, so that nothing is copied.
        return new TowerLastVote
        {
            Hash = file.Bytes.Slice(hashStart, HashSize),
            UnixSeconds = time,
            BlockId = file.Bytes.Slice(blockIdStart, HashSize),
        };
    }

    private static void CheckOrder(int offset, TowerVote below, TowerVote vote)
    {
        if (vote.Slot <= below.Slot)
        {
            throw TowerReader.Error(offset, $"the vote for slot {vote.Slot} stands on a vote for slot {below.Slot}");
        }

        if (vote.ConfirmationCount >= below.ConfirmationCount)
        {
            throw TowerReader.Error(
                offset,
                $"the vote for slot {vote.Slot} has {vote.ConfirmationCount} confirmations, the one below it {below.ConfirmationCount}");
        }

        if (vote.Slot > below.LastLockedSlot)
        {
            throw TowerReader.Error(
                offset,
                $"the vote for slot {vote.Slot} stands on a vote for slot {below.Slot}, which had expired after slot {below.LastLockedSlot}");
        }
    }

    private static void ReadSameRoot(ref TowerReader reader, ulong? root)
    {
        // The compact form has no flag: the highest number means no root.
        var start = reader.Offset;
        var written = reader.UInt64("the last vote's root");
        ulong? voted = written == ulong.MaxValue ? null : written;
        if (voted != root)
        {
            throw TowerReader.Error(start, $"the last vote has root {Text(voted)}, the tower {Text(root)}");
        }

        static string Text(ulong? slot) => slot?.ToString() ?? "none";
    }

    private static void ReadSameVotes(ref TowerReader reader, TowerVote[] votes, ulong? root)
    {
        var start = reader.Offset;
        var count = reader.ShortCount(Tower.MaxVotes, "the last vote's count of slots");
        if (count != votes.Length)
        {
            throw TowerReader.Error(start, $"the last vote has {count} slots, the tower {votes.Length} votes");
        }

        var before = root ?? 0;
        foreach (var vote in votes)
        {
            start = reader.Offset;
            var offset = reader.VarInt("a slot offset of the last vote");
            var confirmations = reader.Byte("a confirmation count of the last vote");

            // Unsigned: a vote is never below the previous one, so no two offsets give the same slot.
            if (offset != vote.Slot - before || confirmations != vote.ConfirmationCount)
            {
                throw TowerReader.Error(start, $"the last vote differs from the tower's vote for slot {vote.Slot}");
            }

            before = vote.Slot;
        }
    }
}
