using Tachyon.Failover.Clients;

namespace Tachyon.Failover.Decisions;

/// <summary>What was read of one node about the client that it runs. Null is unknown.</summary>
internal sealed record NodeClient
{
    private static readonly (int Major, int Minor) FirstWithAlpenglow = (4, 2);

    /// <summary>The node's name.</summary>
    public required string Name { get; init; }

    /// <summary>The file of the program in the settings.</summary>
    public string? ProgramFile { get; init; }

    /// <summary>The first line that the program printed when it was asked for its version.</summary>
    public string? Program { get; init; }

    /// <summary>The answer of the node's RPC to <c>getVersion</c>.</summary>
    public string? Running { get; init; }

    /// <summary>The client that the node publishes in gossip (<c>clientId</c> of <c>getClusterNodes</c>).</summary>
    public string? Published { get; init; }

    /// <summary>Whether the node's RPC has the certificate with which Alpenglow began (<c>getAgGenesisCert</c>).</summary>
    public bool? HasAgGenesisCert { get; init; }

    /// <summary>Whether the staked identity's vote history in the ledger is newer than its tower there. False also if one of the two is missing.</summary>
    public bool? HasNewerVoteHistory { get; init; }

    /// <summary>The version that runs, or that would run: the RPC knows better than the file, which an upgrade may have exchanged.</summary>
    public ClientVersion? Version =>
        (Running is null ? null : ClientVersion.OfRunning(Running)) ?? (Program is null ? null : ClientVersion.OfProgram(Program));

    /// <summary>Whether it is an Agave that can vote by Alpenglow; null if the version is unknown.</summary>
    public bool? CanVoteByAlpenglow => Version is { } version ? version.Family == ClientFamily.Agave && version.IsAtLeast(FirstWithAlpenglow.Major, FirstWithAlpenglow.Minor) : null;

    /// <summary>Frankendancer or Firedancer, and the evidence for it. Any evidence counts: an Agave program in the settings does not command what runs.</summary>
    public (ClientFamily Family, string Evidence)? OtherFamily
    {
        get
        {
            (ClientFamily? Family, string Evidence)[] all =
            [
                (Running is null ? null : ClientVersion.OfRunning(Running)?.Family, $"its RPC reports version {Running}"),
                (Published is null ? null : ClientVersion.OfName(Published), $"it publishes the client {Published}"),
                (Program is null ? null : ClientVersion.OfProgram(Program)?.Family, $"its program reports version {Program}"),
                (ProgramFile is null ? null : ClientVersion.OfName(ProgramFile), $"its program is {ProgramFile}"),
            ];
            return Array.Find(all, static one => one.Family is ClientFamily.Firedancer or ClientFamily.Frankendancer) is ({ } family, var evidence) ? (family, evidence) : null;
        }
    }
}
