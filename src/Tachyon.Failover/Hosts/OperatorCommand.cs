using Tachyon.Failover.Shells;

namespace Tachyon.Failover.Hosts;

/// <summary>Commands for operators: they log in as the coordinator does, and may be asked for a password.</summary>
internal static class OperatorCommand
{
    public static string Of(ValidatorNodeSettings settings, ShellScript command) =>
        settings.RunAs is null ? command.Text : ShellScript.Create($"sudo -u {settings.RunAs} -- {command}").Text;
}
