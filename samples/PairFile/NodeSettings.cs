using Tachyon.Failover.Shells;

namespace Tachyon.Failover.Pairs;

/// <summary>A node of a pair file. It has one of the two logins, or neither if the node is this machine.</summary>
internal sealed record NodeSettings
{
    public required ValidatorNodeSettings Validator { get; init; }

    public SshNetShellOptions? Ssh { get; init; }

    public OpenSshShellOptions? OpenSsh { get; init; }

    /// <summary>The node's address, for people.</summary>
    public string Address => Ssh is not null ? Login(Ssh.User, Ssh.Host, Ssh.Port) : OpenSsh is not null ? Login(OpenSsh.User, OpenSsh.Host, OpenSsh.Port ?? 22) : "this machine";

    private static string Login(string? user, string host, int port) => $"{(user is null ? "" : $"{user}@")}{host}{(port == 22 ? "" : $":{port}")}";
}
