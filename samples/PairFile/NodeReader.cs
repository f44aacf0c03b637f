using Tachyon.Failover.Shells;

namespace Tachyon.Failover.Pairs;

/// <summary>Reads one node of a pair file.</summary>
/// <param name="configuration">The values as they are written.</param>
/// <param name="settings">Gives the values and collects the errors.</param>
/// <param name="surroundings">The environment, and the home folder.</param>
/// <param name="node">The node's path in the file.</param>
internal sealed class NodeReader(PairConfiguration configuration, PairSettings settings, PairFileSurroundings surroundings, string node)
{
    private readonly string _shell = $"{node}.shell";

    public NodeSettings Read()
    {
        var validator = settings.Bind<ValidatorNodeSettings>(node);
        settings.AddFromLibrary(node, validator.Validate());
        var kind = settings[$"{_shell}.kind"];
        return new NodeSettings
        {
            Validator = validator,
            Ssh = kind == PairFields.Ssh ? ReadSsh() : null,
            OpenSsh = kind == PairFields.OpenSsh ? ReadOpenSsh() : null,
        };
    }

    private SshNetShellOptions ReadSsh()
    {
        var options = settings.Bind<SshNetShellOptions>(_shell);
        options.HostKeys = HostKeys();
        options.KeyPassphrase = Passphrase();
        CheckReadable("keyFile", options.KeyFile, "a private key");
        settings.AddFromLibrary(_shell, options.Validate());
        return options;
    }

    private OpenSshShellOptions ReadOpenSsh()
    {
        var options = settings.Bind<OpenSshShellOptions>(_shell);
        options.IdentityFile = settings[$"{_shell}.keyFile"];
        options.KnownHostsFile = settings[$"{_shell}.knownHosts"];
        CheckReadable("knownHosts", options.KnownHostsFile, "host keys");
        CheckReadable("configFile", options.ConfigFile, "ssh_config");
        settings.AddFromLibrary(_shell, options.Validate());
        return options;
    }

    private HostKeyPolicy HostKeys()
    {
        var (path, fingerprint) = (settings[$"{_shell}.knownHosts"], settings[$"{_shell}.fingerprint"]);
        if (fingerprint is not null)
        {
            settings.AddIf(path is not null, $"{_shell}.fingerprint", $"{_shell}.fingerprint and {_shell}.knownHosts are both given", "give one of them");
            return HostKeyPolicy.Fingerprint(fingerprint);
        }

        path = string.IsNullOrWhiteSpace(path) ? Path.Combine(surroundings.HomeFolder, ".ssh", "known_hosts") : path;
        if (!configuration.Has($"{_shell}.fingerprint"))
        {
            CheckReadable("knownHosts", path, "host keys");
        }

        return HostKeyPolicy.KnownHosts(path);
    }

    private Func<string?>? Passphrase()
    {
        var variable = settings[$"{_shell}.passphraseVariable"];
        var passphrase = surroundings.Environment.GetValueOrDefault(variable ?? "");
        settings.AddIf(variable is not null && passphrase is null, $"{_shell}.passphraseVariable", $"{_shell}.passphraseVariable is \"{variable}\", and there is no such environment variable", "export it, or take kind openssh and an agent");
        return passphrase is null ? null : () => passphrase;
    }

    /// <summary>Opens a file: only so it is known that this user may read it.</summary>
    private void CheckReadable(string name, string? path, string what)
    {
        if (string.IsNullOrWhiteSpace(path))
        {
            return;
        }

        var (field, written) = ($"{_shell}.{name}", configuration[$"{_shell}.{name}"]);
        var given = $"{field} is {(written is null ? "not given" : $"\"{written}\"")}, and";
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            settings.AddIf(written is null, field, $"{given} there is no {path}", "log in once with ssh, which asks and writes it, or give a fingerprint");
            settings.AddIf(written is not null, field, $"{given} there is no such file on this machine", $"give the path of a file with {what}, written out in full");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            settings.Add(field, $"{given} {path} cannot be read by the user {Environment.UserName}: {exception.Message.TrimEnd('.')}", $"let {Environment.UserName} read it, or run this program as the user who may");
        }
    }
}
