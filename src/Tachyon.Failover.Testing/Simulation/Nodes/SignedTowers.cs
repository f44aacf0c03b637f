using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using Tachyon.Failover.Testing.Keypairs;
using Tachyon.Failover.Testing.Simulation.Chain;
using Tachyon.Failover.Testing.Simulation.Validator;
using Tachyon.Failover.Testing.Simulation.Votes;
using Tachyon.Failover.Testing.Towers;
using Tachyon.Failover.Towers;

namespace Tachyon.Failover.Testing.Simulation.Nodes;

/// <summary>
/// A cache of signed tower files. The signature is the most expensive part of a simulated vote, and most worlds begin with the same votes. Ed25519
/// gives the same signature for the same bytes, so the cache makes no difference.
/// </summary>
/// <remarks>Thread-safe.</remarks>
internal static class SignedTowers
{
    private const int Most = 20_000;

    private static readonly ConcurrentDictionary<(UInt128 High, UInt128 Low), TowerFile> Files = new();

    public static TowerFile Of(ValidatorKeypair identity, VoteStack stack, Bank votedFor)
    {
        var data = ValidatorTowerFile.Encode(identity, stack, votedFor);
        var digest = SHA256.HashData(data);
        var key = (BinaryPrimitives.ReadUInt128LittleEndian(digest), BinaryPrimitives.ReadUInt128LittleEndian(digest.AsSpan(16)));
        if (Files.TryGetValue(key, out var file))
        {
            return file;
        }

        if (Files.Count >= Most)
        {
            Files.Clear();
        }

        return Files[key] = TowerWriter.Sign(data, identity);
    }
}
