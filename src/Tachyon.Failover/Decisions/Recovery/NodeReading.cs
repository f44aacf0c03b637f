namespace Tachyon.Failover.Decisions;

/// <summary>
/// What was read of one node before any change there, and why nothing may be changed. Steps rely on what was read, not on the settings.
/// Null means that it could not be read.
/// </summary>
internal sealed record NodeReading
{
    public required string Name { get; init; }

    /// <summary>Whether the node answered when its files were read.</summary>
    public bool WasAnswered { get; init; }

    /// <summary>The key in the file that the settings name as the staked one.</summary>
    public Pubkey? StakedKey { get; init; }

    /// <summary>The key in the file that the settings name as the unstaked one.</summary>
    public Pubkey? UnstakedKey { get; init; }

    /// <summary>Where the identity link points.</summary>
    public IdentityLinkTarget? Link { get; init; }

    /// <summary>The identity that the validator runs.</summary>
    public Pubkey? Runs { get; init; }

    /// <summary>The <c>--identity</c> of the running validator, if it is known to be another path than the identity link; null otherwise.</summary>
    public string? StartedWith { get; init; }

    /// <summary>The reading of a node. Without a link its keypair files were not read either.</summary>
    public static NodeReading Of(string name, IdentityLinkTarget? link, Pubkey? runs) =>
        new() { Name = name, WasAnswered = link is not null, StakedKey = link?.StakedKey, UnstakedKey = link?.UnstakedKey, Link = link, Runs = runs };

    /// <summary>Which of the node's identities its validator runs; null if unknown, or if it runs neither.</summary>
    public IdentityRole? RoleIn(Pubkey staked) =>
        Runs is null ? null
        : Runs.Equals(staked) ? IdentityRole.Staked
        : Runs.Equals(StakedKey) || Runs.Equals(UnstakedKey) ? IdentityRole.Unstaked
        : null;

    /// <summary>Why nothing may be changed on this node: its keypair files differ from the settings, or its start does not use the link. Null if all is in order.</summary>
    public string? Refusal(Pubkey staked) =>
        RefusalOfKeys(staked)
        ?? (StartedWith is { } path ? $"the validator of {Name} was started with --identity {path}, and not with the identity link: a restart would not use the link. {NothingChanged} {LinkRemedy}" : null);

    /// <summary>The same for the source of a switchover, which must be the active node.</summary>
    public string? RefusalAsSource(Pubkey staked) =>
        Refusal(staked)
        ?? (Runs is null ? $"which identity {Name} runs could not be read. {NothingChanged}"
            : !Runs.Equals(staked) ? $"{Name} runs {Runs}, and not the staked identity {staked}. {NothingChanged}"
            : RefusalOfLink(IdentityRole.Staked));

    /// <summary>The same for a target, which must be the inactive node.</summary>
    public string? RefusalAsTarget(Pubkey staked) =>
        Refusal(staked)
        ?? (Runs is null ? $"which identity {Name} runs could not be read. {NothingChanged}"
            : Runs.Equals(staked) ? $"{Name} runs the staked identity {staked}: it is the active node already. {NothingChanged} To move the identity away from it, ask for the other direction"
            : !Runs.Equals(UnstakedKey) ? $"{Name} runs {Runs}, which is neither the staked identity nor the key {UnstakedKey} of its unstaked keypair file. {NothingChanged} Name in {nameof(ValidatorNodeSettings.UnstakedKeypair)} the file of the identity that it runs"
            : RefusalOfLink(IdentityRole.Unstaked));

    /// <summary>The same for the source of a takeover. It is lost and may run anything or be unreadable, but what can be read must be right.</summary>
    public string? RefusalAsLost(Pubkey staked) =>
        RefusalOfKeys(staked)
        ?? (Link is { Identity: null } link ? $"the identity link of {Name} points at {link.Path}, which is neither keypair of the node, and could not be restored. {NothingChanged} Point it at the keypair of the identity with which {Name} is to start" : null);

    private const string NothingChanged = "Nothing was changed.";

    private const string LinkRemedy = $"Name the link in the start script, or the start script's link in {nameof(ValidatorNodeSettings.IdentityLink)}";

    private string? RefusalOfKeys(Pubkey staked)
    {
        if (!WasAnswered || (StakedKey?.Equals(staked) == true && UnstakedKey?.Equals(staked) == false))
        {
            return null;
        }

        var read = $"on {Name}, the file of {nameof(ValidatorNodeSettings.StakedKeypair)} {Held(StakedKey)}, and the file of {nameof(ValidatorNodeSettings.UnstakedKeypair)} {Held(UnstakedKey)}; the staked identity is {staked}";
        var remedy = StakedKey is null || UnstakedKey is null ? "Name keypair files that the user may read"
            : !UnstakedKey.Equals(staked) ? $"Name in {nameof(ValidatorNodeSettings.StakedKeypair)} the file that holds the staked identity, or give the right staked identity"
            : StakedKey.Equals(staked) ? $"Name in {nameof(ValidatorNodeSettings.UnstakedKeypair)} the file of the node's own identity"
            : "The two names are swapped: exchange them in the settings";
        return $"{read}. {NothingChanged} {remedy}";
    }

    private string? RefusalOfLink(IdentityRole role) =>
        Link is null ? $"where the identity link of {Name} points could not be read. {NothingChanged}"
        : Link.Identity != role ? $"the identity link of {Name} points at {Link.Path}, which is not the keypair of the identity that it runs: after a restart it would run another one. {NothingChanged}"
        : null;

    private static string Held(Pubkey? key) => key is null ? "could not be read" : $"holds {key}";
}
