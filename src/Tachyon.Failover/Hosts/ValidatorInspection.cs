using Tachyon.Failover.Identities;

namespace Tachyon.Failover.Hosts;

/// <summary>What a look at a node's set-up shows. A part that could not be looked at is null, and its reason stands in <see cref="Problems"/>.</summary>
public sealed record ValidatorInspection
{
    /// <summary>What <c>--version</c> prints, for example <c>tachyon-validator 2.2.15 (src:…; feat:…, client:Tachyon)</c>.</summary>
    public string? Version { get; init; }

    /// <summary>The public half of the staked keypair file. The private half never leaves the host.</summary>
    public Pubkey? StakedIdentity { get; init; }

    /// <summary>The public half of the unstaked keypair file.</summary>
    public Pubkey? UnstakedIdentity { get; init; }

    /// <summary>What could not be read, or is not as it must be, each in one sentence that names the path and the remedy. A switchover would fail on it.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];

    /// <summary>What a switchover would not fail on and a person should mend, each in one sentence that names the path and the remedy.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}
