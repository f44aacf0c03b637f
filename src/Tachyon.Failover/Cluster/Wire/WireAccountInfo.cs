using System.Text.Json;

namespace Tachyon.Failover.Cluster.Wire;

/// <summary>The result of <c>getAccountInfo</c>, with its context.</summary>
internal sealed record WireAccountInfo
{
    public required Held? Value { get; init; }

    internal sealed record Held
    {
        public required ulong Lamports { get; init; }

        public required string Owner { get; init; }

        /// <summary>An object for a program that the node can decode, otherwise a pair of text and encoding.</summary>
        public required JsonElement Data { get; init; }
    }

    internal sealed record ParsedData
    {
        public required string Program { get; init; }

        public required Content Parsed { get; init; }
    }

    internal sealed record Content
    {
        public required string Type { get; init; }

        public required JsonElement Info { get; init; }
    }

    internal sealed record VoteInfo
    {
        public required string NodePubkey { get; init; }

        public required Voter[] AuthorizedVoters { get; init; }

        public ulong? RootSlot { get; init; }

        public JsonElement[]? Votes { get; init; }
    }

    internal sealed record Voter
    {
        public required ulong Epoch { get; init; }

        public required string AuthorizedVoter { get; init; }
    }
}
