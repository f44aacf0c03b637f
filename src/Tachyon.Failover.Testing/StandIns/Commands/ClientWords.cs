namespace Tachyon.Failover.Testing.StandIns.Commands;

/// <summary>What differs between the clients: their words, and whether the lock of the identity exists. As recorded in <c>golden/</c> and <c>golden-4.0/</c>.</summary>
internal sealed record ClientWords
{
    private static readonly ClientWords Tachyon22 = new()
    {
        Version = "2.2.15",
        FeatureSet = 1576788063,
        Line = "tachyon-validator 2.2.15 (src:00000000; feat:1576788063, client:Tachyon)",
        HasKeyLock = true,
        NeedsWindowInEpoch = false,
        Published = null,
        TakesUdp = true,
        HasNewVoteState = false,
        Refused = static (method, error) => $"{method} request failed: {error}",
        BadInput = static error => $"Unable to read JSON keypair from stdin: Custom {{ kind: InvalidData, error: \"{error}\" }}",
        Failed = static error => error,
    };

    private static readonly ClientWords Agave40 = new()
    {
        Version = "4.0.3",
        FeatureSet = 1878484565,
        Line = "agave-validator 4.0.3 (src:69e29197; feat:6ff76655, client:JitoLabs)",
        HasKeyLock = false,
        NeedsWindowInEpoch = true,
        Published = "JitoLabs",
        TakesUdp = false,
        HasNewVoteState = true,
        Refused = static (_, error) => $"Validator command failed: admin rpc error: {error}",
        BadInput = static error => $"Validator command failed: {error}",
        Failed = static error => $"Validator command failed: {error}",
    };

    /// <summary>The version that the RPC reports.</summary>
    public required string Version { get; init; }

    /// <summary>The feature set that the RPC reports.</summary>
    public required uint FeatureSet { get; init; }

    /// <summary>The answer to <c>--version</c>.</summary>
    public required string Line { get; init; }

    /// <summary>Whether a swap of the identity waits for a lock that is free once a second.</summary>
    public required bool HasKeyLock { get; init; }

    /// <summary>Whether <c>wait-for-restart-window</c> fails at once if the epoch has no such window.</summary>
    public required bool NeedsWindowInEpoch { get; init; }

    /// <summary>The client in gossip (<c>clientId</c>); null if the client publishes none.</summary>
    public required string? Published { get; init; }

    /// <summary>Whether it takes transactions and blocks over UDP too. A later client publishes QUIC ports alone, and its contact info says port 1 for the others.</summary>
    public required bool TakesUdp { get; init; }

    /// <summary>Whether the RPC shows the members that vote accounts have since 4.0: collectors, commissions in basis points, the latency of votes.</summary>
    public required bool HasNewVoteState { get; init; }

    /// <summary>The words for an admin call that failed, by its method and its error.</summary>
    public required Func<string, string, string> Refused { get; init; }

    /// <summary>The words for a keypair on standard input that is none.</summary>
    public required Func<string, string> BadInput { get; init; }

    /// <summary>The words for another error.</summary>
    public required Func<string, string> Failed { get; init; }

    public static ClientWords Of(StandInClient client) => client switch
    {
        StandInClient.Agave40 => Agave40,
        StandInClient.Tachyon22 => Tachyon22,
        _ => throw new ArgumentOutOfRangeException(nameof(client), client, "No such client."),
    };
}
