namespace Tachyon.Failover.Nodes;

/// <summary>A path that a validator was started with.</summary>
public sealed class StartPath
{
    /// <summary>The path as in the command line; it may be relative to the folder in which the validator was started.</summary>
    public required string Path { get; set; }

    /// <summary>
    /// Whether it leads to what the settings name: for <c>--identity</c> to the identity link itself, not to its target; for a voter to one of the
    /// authorized voters. Null if unknown, because it is relative to a folder that is hidden from the user.
    /// </summary>
    public required bool? IsAsInSettings { get; set; }

    /// <summary>The public half of the keypair file of a voter, and the address of a vote account; null if it cannot be read, for a validator of another ledger, and for other paths.</summary>
    public Pubkey? Key { get; set; }
}
