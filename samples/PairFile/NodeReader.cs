using Tachyon.Failover.Shells;

namespace Tachyon.Failover.Pairs;

/// <summary>Reads one node of a pair file.</summary>
/// <param name="settings">Gives the values and collects the errors.</param>
/// <param name="surroundings">The environment, and the home folder.</param>
/// <param name="node">The node's path in the file.</param>
internal sealed class NodeReader(SettingReader settings, PairFileSurroundings surroundings, string node)
{
    private readonly string _shell = $"{node}.shell";

    public NodeSettings Read()
    {
        var limits = new ValidatorTimeLimits();
        var validator = new ValidatorNodeSettings
        {
            Name = Text("name"),
            Ledger = Text("ledger"),
            TowerFolder = settings.Text($"{node}.towerFolder"),
            IdentityLink = Text("identityLink"),
            StakedKeypair = Text("stakedKeypair"),
            UnstakedKeypair = Text("unstakedKeypair"),
            AuthorizedVoters = settings.Texts($"{node}.authorizedVoters"),
            Program = settings.Text($"{node}.program") ?? "tachyon-validator",
            RunAs = settings.Text($"{node}.runAs"),
            RpcPort = settings.Whole($"{node}.rpcPort") ?? 8899,
            StopCommand = settings.Texts($"{node}.stopCommand"),
            TimeLimits = new ValidatorTimeLimits
            {
                SetIdentity = settings.Duration($"{node}.timeLimits.setIdentity") ?? limits.SetIdentity,
                Command = settings.Duration($"{node}.timeLimits.command") ?? limits.Command,
                Stop = settings.Duration($"{node}.timeLimits.stop") ?? limits.Stop,
            },
        };
        settings.AddFromLibrary(node, validator.Validate());
        var kind = settings.Choice($"{_shell}.kind");
        CheckFieldsOf(kind);
        return new NodeSettings
        {
            Validator = validator,
            Ssh = kind == PairFields.Ssh ? ReadSsh() : null,
            OpenSsh = kind == PairFields.OpenSsh ? ReadOpenSsh() : null,
        };
    }

    private string Text(string name) => settings.Text($"{node}.{name}") ?? "";

    /// <summary>Reports a field of another shell kind. It would otherwise be ignored silently.</summary>
    private void CheckFieldsOf(string? kind)
    {
        foreach (var field in PairFields.In("nodes[].shell").Where(field => kind is not null && field.ShellKinds.Count > 0 && !field.ShellKinds.Contains(kind)))
        {
            if (settings.Text($"{_shell}.{field.Name}") is not null || settings.Texts($"{_shell}.{field.Name}") is not null)
            {
                settings.Add($"{_shell}.{field.Name}", $"{_shell}.{field.Name} is for kind {string.Join(" and ", field.ShellKinds)}, and this one's is {kind}", "leave it out, or change the kind");
            }
        }
    }

    private void Require(string kind, string name, string meaning)
    {
        if (settings.Text($"{_shell}.{name}") is null)
        {
            settings.Add($"{_shell}.{name}", $"{_shell}.{name} is missing", $"add {name}; kind {kind} needs {meaning}");
        }
    }

    private SshNetShellOptions ReadSsh()
    {
        Require(PairFields.Ssh, "host", "the host's name or address");
        Require(PairFields.Ssh, "user", "the user to log in as");
        Require(PairFields.Ssh, "keyFile", "a private key file; for an agent or ssh_config take kind openssh");
        var options = new SshNetShellOptions { Host = "", User = "", KeyFile = "", HostKeys = HostKeys() };
        options = options with
        {
            Host = settings.Text($"{_shell}.host") ?? "",
            Port = settings.Whole($"{_shell}.port") ?? options.Port,
            User = settings.Text($"{_shell}.user") ?? "",
            KeyFile = settings.LocalPath($"{_shell}.keyFile") ?? "",
            KeyPassphrase = Passphrase(),
            ConnectTimeout = settings.Duration($"{_shell}.connectTimeout") ?? options.ConnectTimeout,
            StartTimeout = settings.Duration($"{_shell}.startTimeout") ?? options.StartTimeout,
            KeepAliveInterval = settings.Duration($"{_shell}.keepAliveInterval") ?? options.KeepAliveInterval,
            DeadPeerLimit = settings.Duration($"{_shell}.deadPeerLimit") ?? options.DeadPeerLimit,
        };
        CheckExists("keyFile", options.KeyFile, "a private key");
        settings.AddFromLibrary(_shell, options.Validate());
        return options;
    }

    private OpenSshShellOptions ReadOpenSsh()
    {
        Require(PairFields.OpenSsh, "host", "a host name, an IP address or a Host of ssh_config");
        var options = new OpenSshShellOptions { Host = "" };
        options = options with
        {
            Host = settings.Text($"{_shell}.host") ?? "",
            Port = settings.Whole($"{_shell}.port"),
            User = settings.Text($"{_shell}.user"),
            IdentityFile = settings.LocalPath($"{_shell}.keyFile"),
            KnownHostsFile = settings.LocalPath($"{_shell}.knownHosts"),
            ConfigFile = settings.LocalPath($"{_shell}.configFile"),
            ExtraOptions = settings.Texts($"{_shell}.extraOptions") ?? [],
            AllowMultiplexing = settings.Flag($"{_shell}.allowMultiplexing") ?? options.AllowMultiplexing,
            Program = settings.Text($"{_shell}.program") ?? options.Program,
            StartTimeout = settings.Duration($"{_shell}.startTimeout") ?? options.StartTimeout,
            KeepAliveInterval = settings.Duration($"{_shell}.keepAliveInterval") ?? options.KeepAliveInterval,
            DeadPeerLimit = settings.Duration($"{_shell}.deadPeerLimit") ?? options.DeadPeerLimit,
        };
        CheckExists("knownHosts", options.KnownHostsFile, "host keys");
        CheckExists("configFile", options.ConfigFile, "ssh_config");
        settings.AddFromLibrary(_shell, options.Validate());
        return options;
    }

    private HostKeyPolicy HostKeys()
    {
        var (path, fingerprint) = (settings.LocalPath($"{_shell}.knownHosts"), settings.Text($"{_shell}.fingerprint"));
        if (fingerprint is not null)
        {
            if (path is not null)
            {
                settings.Add($"{_shell}.fingerprint", $"{_shell}.fingerprint and {_shell}.knownHosts are both given", "give one of them");
            }

            try
            {
                return HostKeyPolicy.Fingerprint(fingerprint);
            }
            catch (FormatException)
            {
                settings.Add($"{_shell}.fingerprint", $"{_shell}.fingerprint is {SettingReader.Quoted(fingerprint)}, which is no SHA-256 fingerprint", "write what ssh-keygen -lf prints: SHA256: and 43 letters");
            }
        }

        path = string.IsNullOrWhiteSpace(path) ? Path.Combine(surroundings.HomeFolder, ".ssh", "known_hosts") : path;
        if (fingerprint is null)
        {
            CheckExists("knownHosts", path, "host keys");
        }

        return HostKeyPolicy.KnownHosts(path);
    }

    private Func<string?>? Passphrase()
    {
        if (settings.Text($"{_shell}.passphraseVariable") is not { } variable)
        {
            return null;
        }

        if (surroundings.Environment.GetValueOrDefault(variable) is not { } passphrase)
        {
            settings.Add($"{_shell}.passphraseVariable", $"{_shell}.passphraseVariable is {SettingReader.Quoted(variable)}, and there is no such environment variable", "export it, or take kind openssh and an agent");
            return null;
        }

        return () => passphrase;
    }

    private void CheckExists(string name, string? path, string what)
    {
        if (string.IsNullOrWhiteSpace(path) || WhyUnreadable(path) is not { } why)
        {
            return;
        }

        var written = settings.Text($"{_shell}.{name}");
        var isMissing = why.Length == 0;
        settings.Add(
            $"{_shell}.{name}",
            $"{_shell}.{name} is {(written is null ? "not given" : SettingReader.Quoted(written))}, and {(!isMissing ? $"{path} cannot be read by the user {Environment.UserName}: {why}" : written is null ? $"there is no {path}" : "there is no such file on this machine")}",
            !isMissing ? $"let {Environment.UserName} read it, or run this program as the user who may"
            : written is null ? "log in once with ssh, which asks and writes it, or give a fingerprint"
            : $"give the path of a file with {what}, written out in full");
    }

    /// <summary>Why a file cannot be read: empty if it does not exist; null if it can be read.</summary>
    private static string? WhyUnreadable(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return null;
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return "";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return exception.Message.TrimEnd('.');
        }
    }
}
