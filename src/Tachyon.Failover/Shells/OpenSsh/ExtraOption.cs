using System.Collections.Frozen;

namespace Tachyon.Failover.Shells.OpenSsh;

/// <summary>Which user options are passed on to <c>ssh</c>.</summary>
internal static class ExtraOption
{
    private const string Trust = "it decides which host keys are trusted, so it may only be in ssh_config";
    private const string Own = "the shell sets it itself; leave it out";
    private const string Sharing = $"leave it to the owner's own ssh, and set {nameof(OpenSshShellOptions.AllowMultiplexing)}";
    private const string Alive = $"set {nameof(OpenSshShellOptions.KeepAliveInterval)} and {nameof(OpenSshShellOptions.DeadPeerLimit)}";
    private const string Several = $"it includes other options; put them into a file and give that as {nameof(OpenSshShellOptions.ConfigFile)}";

    // Keywords of ssh_config, which ignores their case.
    private static readonly FrozenDictionary<string, string> Refused = new Dictionary<string, string>
    {
        ["StrictHostKeyChecking"] = "host keys are always checked; leave it out",
        ["UserKnownHostsFile"] = $"give the file as {nameof(OpenSshShellOptions.KnownHostsFile)}",
        ["GlobalKnownHostsFile"] = $"give the file as {nameof(OpenSshShellOptions.KnownHostsFile)}",
        ["KnownHostsCommand"] = Trust,
        ["RevokedHostKeys"] = Trust,
        ["VerifyHostKeyDNS"] = Trust,
        ["HostKeyAlias"] = Trust,
        ["SendEnv"] = "it would give the host variables of this program, which may hold passphrases; use SetEnv for one value",
        ["Tunnel"] = Own,
        ["GatewayPorts"] = Own,
        ["NoHostAuthenticationForLocalhost"] = Trust,
        ["UpdateHostKeys"] = Own,
        ["BatchMode"] = Own,
        ["LogLevel"] = Own,
        ["LogVerbose"] = Own,
        ["RequestTTY"] = Own,
        ["RemoteCommand"] = Own,
        ["SessionType"] = Own,
        ["StdinNull"] = Own,
        ["ForkAfterAuthentication"] = Own,
        ["PermitLocalCommand"] = Own,
        ["LocalCommand"] = Own,
        ["ClearAllForwardings"] = Own,
        ["LocalForward"] = Own,
        ["RemoteForward"] = Own,
        ["DynamicForward"] = Own,
        ["ForwardAgent"] = Own,
        ["ForwardX11"] = Own,
        ["ControlMaster"] = Sharing,
        ["ControlPath"] = Sharing,
        ["ControlPersist"] = Sharing,
        ["ServerAliveInterval"] = Alive,
        ["ServerAliveCountMax"] = Alive,
        ["Host"] = Several,
        ["Match"] = Several,
        ["Include"] = Several,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The error in an option and what to do instead; null if it is passed on.</summary>
    public static string? Refuse(string? option)
    {
        // ssh accepts quotes and blanks around a keyword. They are refused here, because they would hide the keyword.
        var length = option?.TakeWhile(char.IsAsciiLetterOrDigit).Count() ?? 0;
        if (length == 0 || length + 1 >= option!.Length || option[length] is not ('=' or ' ') || option.Any(char.IsControl))
        {
            return "give a keyword of ssh_config and its value, such as ProxyJump=bastion";
        }

        return Refused.GetValueOrDefault(option[..length]);
    }
}
