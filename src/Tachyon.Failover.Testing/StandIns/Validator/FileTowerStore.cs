using System.Buffers.Binary;
using Tachyon.Failover.Identities;
using Tachyon.Failover.Testing.Keypairs;
using Tachyon.Failover.Testing.Simulation.Chain;
using Tachyon.Failover.Testing.Simulation.Validator;
using Tachyon.Failover.Testing.Simulation.Votes;
using Tachyon.Failover.Testing.Towers;
using Tachyon.Failover.Towers;

namespace Tachyon.Failover.Testing.StandIns.Validator;

/// <summary>Real tower files: signed, written to <c>.bin.new</c> and renamed, without fsync (validator.md 1.5).</summary>
internal sealed class FileTowerStore(string folder) : ITowerStore
{
    private const string EndsEarly = "Serialization Error: io error: failed to fill whole buffer";
    private const string BadSignature = "The signature on the saved tower is invalid";

    private readonly Dictionary<Pubkey, ValidatorKeypair> _keypairs = [];

    /// <summary>Learns a keypair that towers may have to be signed with.</summary>
    public void Know(ValidatorKeypair keypair) => _keypairs[keypair.Pubkey] = keypair;

    public string PathOf(Pubkey identity) => Path.Combine(folder, $"tower-1_9-{identity}.bin");

    public void Save(Pubkey identity, VoteStack stack, Bank votedFor)
    {
        var seconds = votedFor.CompletedAt.ToUnixTimeSeconds();
        var file = TowerWriter.Write(
            new TowerContents
            {
                Node = identity,
                Votes = stack.Votes,
                Root = stack.Root,
                LastVoteHash = votedFor.Hash,
                LastVoteUnixSeconds = seconds,
                LastTimestamp = new TowerTimestamp(stack.Votes.Length > 1 ? stack.Votes[^2].Slot : 0, seconds),
            },
            _keypairs[identity]);
        var path = PathOf(identity);
        File.WriteAllBytes(path + ".new", file.Bytes.ToArray());
        File.Move(path + ".new", path, overwrite: true);
    }

    public SavedTower Load(Pubkey identity)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(PathOf(identity));
        }
        catch (FileNotFoundException)
        {
            return SavedTower.Missing;
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            return SavedTower.Unreadable("IO Error: Permission denied (os error 13)");
        }

        // The first four bytes say which variant of the format it is; the real program reads them before all else.
        if (bytes.Length >= sizeof(uint) && BinaryPrimitives.ReadUInt32LittleEndian(bytes) is var variant and > 1)
        {
            return SavedTower.Unreadable($"Serialization Error: invalid value: integer `{variant}`, expected variant index 0 <= i < 2");
        }

        // Then it asks whose signature it is; what was signed is looked into after that.
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
        catch (TowerFormatException)
        {
            return SavedTower.Unreadable(IsSignedBy(identity, bytes) ? EndsEarly : BadSignature);
        }
    }

    private static bool IsSignedBy(Pubkey identity, byte[] bytes) =>
        Org.BouncyCastle.Math.EC.Rfc8032.Ed25519.Verify(bytes, 4, identity.Bytes.ToArray(), 0, bytes, 76, bytes.Length - 76);
}
