namespace Tachyon.Failover.Towers;

/// <summary>
/// Decodes the tower file of validators 2.x, field by field. It accepts only what such a validator can have written: it checks counts,
/// flags, the order of the votes, and that the last vote agrees with them, like the vote program.
/// </summary>
internal static class TowerDecoder
{
    public const int SignatureOffset = sizeof(uint);
    public const int SignatureSize = 64;
    public const int DataOffset = SignatureOffset + SignatureSize + sizeof(ulong);

    private const uint CurrentVariant = 1;
    private const int PriorVoters = 32;
    private const int PriorVoterSize = Pubkey.Length + (2 * sizeof(ulong));
    private const int AuthorizedVoterSize = sizeof(ulong) + Pubkey.Length;
    private const int MaxEpochCredits = 64;
    private const int EpochCreditSize = 3 * sizeof(ulong);

    public static Tower Decode(TowerFile file)
    {
        var reader = new TowerReader(file.Bytes.Span);
        ReadHeader(ref reader);

        var node = new Pubkey(reader.Bytes(Pubkey.Length, "the node"));
        ReadThreshold(ref reader);

        // Validators since 2.2 save zeros here, older ones the vote account's node; no validator compares it with the node.
        _ = reader.Bytes(Pubkey.Length, "the vote state's node");
        var withdrawer = new Pubkey(reader.Bytes(Pubkey.Length, "the authorized withdrawer"));
        _ = reader.Byte("the commission");

        var (votes, root) = TowerVotesDecoder.ReadVoteState(ref reader);
        ReadVoters(ref reader);
        _ = reader.Bytes(reader.Count(MaxEpochCredits, EpochCreditSize, "the count of epoch credits") * EpochCreditSize, "the epoch credits");
        _ = ReadTimestamp(ref reader, "the vote state's last timestamp");

        var lastVote = TowerVotesDecoder.ReadLastVote(ref reader, file, votes, root);
        var lastTimestamp = ReadTimestamp(ref reader, "the last timestamp");
        if (reader.Remaining != 0)
        {
            throw TowerReader.Error(reader.Offset, $"{reader.Remaining} bytes follow the end of the tower");
        }

        return new Tower
        {
            File = file,
            Node = node,
            AuthorizedWithdrawer = withdrawer,
            Votes = Array.AsReadOnly(votes),
            Root = root,
            LastVote = lastVote,
            LastTimestamp = lastTimestamp,
        };
    }

    private static void ReadHeader(ref TowerReader reader)
    {
        var variant = reader.UInt32("the variant");
        if (variant != CurrentVariant)
        {
            throw TowerReader.Error(0, $"the variant is {variant}, not {CurrentVariant}");
        }

        _ = reader.Bytes(SignatureSize, "the signature");
        var start = reader.Offset;
        var length = reader.UInt64("the length of the data");
        if (length != (ulong)reader.Remaining)
        {
            throw TowerReader.Error(start, $"the length of the data is {length}, and {reader.Remaining} bytes follow");
        }
    }

    private static void ReadThreshold(ref TowerReader reader)
    {
        var start = reader.Offset;
        if (reader.UInt64("the threshold depth") > Tower.MaxVotes)
        {
            throw TowerReader.Error(start, $"the threshold depth is not within {Tower.MaxVotes} votes");
        }

        start = reader.Offset;
        if (reader.Double("the threshold size") is not (> 0 and <= 1))
        {
            throw TowerReader.Error(start, "the threshold size is not a share of the stake");
        }
    }

    private static void ReadVoters(ref TowerReader reader)
    {
        var voters = reader.Count(int.MaxValue / AuthorizedVoterSize, AuthorizedVoterSize, "the count of authorized voters");
        _ = reader.Bytes(voters * AuthorizedVoterSize, "the authorized voters");

        var start = reader.Offset;
        var prior = reader.Bytes(PriorVoters * PriorVoterSize, "the prior voters");
        var indexStart = reader.Offset;
        var index = reader.UInt64("the index of the prior voters");
        if (index >= PriorVoters)
        {
            throw TowerReader.Error(indexStart, $"the index of the prior voters is {index}, and there are {PriorVoters}");
        }

        if (reader.Flag("the flag of the prior voters") && prior.ContainsAnyExcept((byte)0))
        {
            throw TowerReader.Error(start + prior.IndexOfAnyExcept((byte)0), "there are prior voters, and a flag says that there are none");
        }
    }

    private static (ulong Slot, long UnixSeconds) ReadTimestamp(ref TowerReader reader, string field) =>
        (reader.UInt64(field), reader.Int64(field));
}
