using Tachyon.Failover.Identities;

namespace Tachyon.Failover.Testing.Simulation.Nodes;

/// <summary>Where the files of a validator lie on its node: as they do, or as somebody's settings have it.</summary>
internal sealed record NodePaths
{
    /// <summary>Where they are on every simulated node.</summary>
    public static NodePaths Usual { get; } = new();

    public string Program { get; init; } = "/opt/tachyon/bin/tachyon-validator";

    public string Ledger { get; init; } = "/mnt/ledger";

    /// <summary>The folder of the identity link.</summary>
    public string LinkFolder { get; init; } = "/home/sol";

    public string StakedKeypair { get; init; } = "/home/sol/staked-identity.json";

    public string UnstakedKeypair { get; init; } = "/home/sol/unstaked-identity.json";

    public string Link => $"{LinkFolder}/identity.json";

    /// <summary>As settings have it in which the names of the two keypair files are swapped.</summary>
    public NodePaths Swapped => this with { StakedKeypair = UnstakedKeypair, UnstakedKeypair = StakedKeypair };

    public string KeypairOf(IdentityRole role) => role == IdentityRole.Staked ? StakedKeypair : UnstakedKeypair;

    /// <summary>The keypair that a link leads to; null if it is none. A relative one is looked for in the link's folder.</summary>
    public IdentityRole? RoleOf(string? target) =>
        target is null ? null
        : Path.Combine(LinkFolder, target) is var path && path == StakedKeypair ? IdentityRole.Staked
        : path == UnstakedKeypair ? IdentityRole.Unstaked
        : null;
}
