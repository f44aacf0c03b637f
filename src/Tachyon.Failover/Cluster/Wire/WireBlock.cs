using System.Text.Json;

namespace Tachyon.Failover.Cluster.Wire;

/// <summary>The result of <c>getBlock</c> with the details <c>accounts</c>.</summary>
internal sealed record WireBlock
{
    public required ulong ParentSlot { get; init; }

    public required Entry[] Transactions { get; init; }

    internal sealed record Entry
    {
        public required AccountList Transaction { get; init; }

        public required Status Meta { get; init; }
    }

    internal sealed record AccountList
    {
        public required AccountKey[] AccountKeys { get; init; }
    }

    internal sealed record AccountKey
    {
        public required string Pubkey { get; init; }

        public required bool Signer { get; init; }
    }

    internal sealed record Status
    {
        /// <summary>Null, a word, or an object with one member.</summary>
        public required JsonElement Err { get; init; }
    }
}
