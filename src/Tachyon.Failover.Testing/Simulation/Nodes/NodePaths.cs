namespace Tachyon.Failover.Testing.Simulation.Nodes;

/// <summary>The paths of a validator's files on its node: the real ones, or those in the settings.</summary>
internal sealed record NodePaths
{
    /// <summary>The paths on every simulated node.</summary>
    public static NodePaths Usual { get; } = new();

    public string Program { get; init; } = "/opt/tachyon/bin/tachyon-validator";

    public string Ledger { get; init; } = "/mnt/ledger";

    /// <summary>The folder of the identity link.</summary>
    public string LinkFolder { get; init; } = "/home/sol";

    public string StakedKeypair { get; init; } = "/home/sol/staked-identity.json";

    public string UnstakedKeypair { get; init; } = "/home/sol/unstaked-identity.json";

    public string Link => $"{LinkFolder}/identity.json";

    /// <summary>The paths of settings in which the two keypair files are swapped.</summary>
    public NodePaths Swapped => this with { StakedKeypair = UnstakedKeypair, UnstakedKeypair = StakedKeypair };

    public string KeypairOf(IdentityRole role) => role == IdentityRole.Staked ? StakedKeypair : UnstakedKeypair;

    /// <summary>The keypair at the end of a link; null if it is none. A relative path starts at the link's folder.</summary>
    public IdentityRole? RoleOf(string? target) =>
        target is null ? null
        : Path.Combine(LinkFolder, target) is var path && path == StakedKeypair ? IdentityRole.Staked
        : path == UnstakedKeypair ? IdentityRole.Unstaked
        : null;
}
