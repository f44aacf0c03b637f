using System.Buffers.Binary;
using Tachyon.Failover.Testing.Keypairs;
using Tachyon.Failover.Testing.Simulation.Chain;
using Tachyon.Failover.Testing.Simulation.Votes;
using Tachyon.Failover.Testing.Towers;
using Tachyon.Failover.Towers;

namespace Tachyon.Failover.Testing.Simulation.Validator;

/// <summary>The tower file as a validator writes it, and the validator's words when it reads one.</summary>
internal static class ValidatorTowerFile
{
    private const string EndsEarly = "Serialization Error: io error: failed to fill whole buffer";
    private const string BadSignature = "The signature on the saved tower is invalid";

    public static TowerFile Write(ValidatorKeypair identity, VoteStack stack, Bank votedFor) => TowerWriter.Sign(Encode(identity, stack, votedFor), identity);

    /// <summary>The bytes that are signed.</summary>
    public static byte[] Encode(ValidatorKeypair identity, VoteStack stack, Bank votedFor)
    {
        var seconds = votedFor.CompletedAt.ToUnixTimeSeconds();
        return TowerWriter.EncodeData(new TowerContents
        {
            Node = identity.Pubkey,
            Votes = stack.Votes,
            Root = stack.Root,
            LastVoteHash = votedFor.Hash,
            LastVoteUnixSeconds = seconds,
            LastTimestamp = (stack.Votes.Length > 1 ? stack.Votes[^2].Slot : 0, seconds),
        });
    }

    public static SavedTower Read(byte[] bytes, Pubkey identity)
    {
        // The first four bytes are the variant of the format. The real program reads them first.
        if (bytes.Length >= sizeof(uint) && BinaryPrimitives.ReadUInt32LittleEndian(bytes) is var variant and > 1)
        {
            return SavedTower.Unreadable($"Serialization Error: invalid value: integer `{variant}`, expected variant index 0 <= i < 2");
        }

        // After that it checks the signer, and then the signed data.
        if (bytes.Length < 76 || (ulong)bytes.Length - 76 < BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(68)))
        {
            return SavedTower.Unreadable(EndsEarly);
        }

        try
        {
            var tower = Tower.Decode(new TowerFile(bytes));
            return tower.Node.Equals(identity) && tower.IsSignatureValid()
                ? SavedTower.Of(new VoteStack([.. tower.Votes], tower.Root))
                : SavedTower.Unreadable(BadSignature);
        }
        catch (FailoverException)
        {
            return SavedTower.Unreadable(IsSignedBy(identity, bytes) ? EndsEarly : BadSignature);
        }
    }

    private static bool IsSignedBy(Pubkey identity, byte[] bytes) =>
        Org.BouncyCastle.Math.EC.Rfc8032.Ed25519.Verify(bytes, 4, identity.Bytes.ToArray(), 0, bytes, 76, bytes.Length - 76);
}
