using Tachyon.Failover.Shells;

namespace Tachyon.Failover.Cli.Pairs;

/// <summary>A node of a pair file. Of the two logins one is given, or none if the node is this machine.</summary>
internal sealed record NodeSettings
{
    public required ValidatorNodeSettings Validator { get; init; }

    public SshNetShellOptions? Ssh { get; init; }

    public OpenSshShellOptions? OpenSsh { get; init; }

    /// <summary>Where it is, for people.</summary>
    public string Address => Ssh is not null ? $"{Ssh.User}@{Ssh.Host}" : OpenSsh is not null ? $"{(OpenSsh.User is null ? "" : OpenSsh.User + "@")}{OpenSsh.Host}" : "this machine";
}
