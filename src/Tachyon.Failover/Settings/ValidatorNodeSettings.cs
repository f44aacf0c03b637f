namespace Tachyon.Failover;

/// <summary>The settings of a node: where its validator is and how it was set up. All paths are paths on the node.</summary>
/// <remarks>What takes them copies them: a later change has no effect. Not thread safe while they are changed. Contains no secret: it names keypair files only.</remarks>
public sealed class ValidatorNodeSettings
{
    /// <summary>The node's name in messages.</summary>
    public required string Name { get; set; }

    /// <summary>The validator's program.</summary>
    /// <value><c>tachyon-validator</c>, searched in the user's PATH; otherwise an absolute path.</value>
    public string Program { get; set; } = "tachyon-validator";

    /// <summary>The ledger folder, in which the validator serves <c>admin.rpc</c>.</summary>
    public required string Ledger { get; set; }

    /// <summary>The folder of the tower file, if the validator was started with <c>--tower</c>; null for the ledger.</summary>
    public string? TowerFolder { get; set; }

    /// <summary>The symbolic link that the start script passes as <c>--identity</c>.</summary>
    public required string IdentityLink { get; set; }

    /// <summary>The file of the staked keypair.</summary>
    public required string StakedKeypair { get; set; }

    /// <summary>The file of this node's own unstaked keypair.</summary>
    public required string UnstakedKeypair { get; set; }

    /// <summary>The keypair files of the authorized voters in the start script, which are added again after a seal.</summary>
    /// <value>Null for the staked keypair alone, as in the guide.</value>
    public IReadOnlyList<string>? AuthorizedVoters { get; set; }

    /// <summary>The user for everything on the node (<c>sudo -n -u</c>), who must be able to reach <c>admin.rpc</c>.</summary>
    /// <value>Null for the login user.</value>
    public string? RunAs { get; set; }

    /// <summary>The port of the validator's own JSON-RPC, reached at 127.0.0.1 through the shell.</summary>
    /// <value>8899.</value>
    public int RpcPort { get; set; } = 8899;

    /// <summary>
    /// How a takeover stops a validator that cannot be demoted: a program in the PATH, or its absolute path, and its arguments, such as <c>sudo</c>, <c>-n</c>, <c>systemctl</c>, <c>stop</c>,
    /// <c>sol</c>. It runs without a shell. A process that still runs afterwards gets SIGKILL.
    /// </summary>
    /// <value>Null for SIGKILL alone, after which a supervisor may start the validator again.</value>
    public IReadOnlyList<string>? StopCommand { get; set; }

    /// <summary>The time limits of the calls.</summary>
    public ValidatorTimeLimits TimeLimits { get; set; } = new();

    internal string Towers => TowerFolder ?? Ledger;

    internal string LockFile => $"{Ledger}/tachyon-failover.lock";

    internal IReadOnlyList<string> Voters => AuthorizedVoters ?? [StakedKeypair];

    /// <summary>A copy, with its lists and time limits.</summary>
    internal ValidatorNodeSettings Copy() => this.With(static it =>
    {
        it.AuthorizedVoters = it.AuthorizedVoters is null ? null : [.. it.AuthorizedVoters];
        it.StopCommand = it.StopCommand is null ? null : [.. it.StopCommand];
        it.TimeLimits = it.TimeLimits?.Copy()!;
    });

    /// <summary>All errors in these settings, a sentence each; empty if there is none.</summary>
    public IReadOnlyList<string> Validate()
    {
        var errors = new SettingErrors();
        errors.CheckName(nameof(Name), Name);
        errors.CheckProgram(nameof(Program), Program);
        errors.CheckPosixPath(nameof(Ledger), Ledger);
        errors.CheckPosixPath(nameof(IdentityLink), IdentityLink);
        errors.CheckPosixPath(nameof(StakedKeypair), StakedKeypair);
        errors.CheckPosixPath(nameof(UnstakedKeypair), UnstakedKeypair);
        if (TowerFolder is not null)
        {
            errors.CheckPosixPath(nameof(TowerFolder), TowerFolder);
        }

        if (AuthorizedVoters is { Count: 0 })
        {
            errors.Add($"{nameof(AuthorizedVoters)} is empty, so no node could vote after a seal; name the keypairs of the start script, or leave it out.");
        }

        foreach (var voter in AuthorizedVoters ?? [])
        {
            errors.CheckPosixPath(nameof(AuthorizedVoters), voter);
        }

        CheckStopCommand(errors);
        CheckPathsDiffer(errors);
        errors.CheckUserName(nameof(RunAs), RunAs);
        errors.CheckPort(nameof(RpcPort), RpcPort);
        errors.AddRange(nameof(TimeLimits), TimeLimits?.Validate());
        return errors.All;
    }

    private void CheckStopCommand(SettingErrors errors)
    {
        if (StopCommand is { Count: 0 })
        {
            errors.Add($"{nameof(StopCommand)} is empty; give a program and its arguments, or leave it out.");
        }

        foreach (var word in StopCommand ?? [])
        {
            if (word is null || word.AsSpan().ContainsAny('\0', '\n', '\r'))
            {
                errors.Add($"{nameof(StopCommand)} holds a line end or a NUL character, or a word that is null; give words without them.");
            }
        }

        if (StopCommand is [{ } program, ..])
        {
            errors.CheckProgram(nameof(StopCommand), program);
        }
    }

    private void CheckPathsDiffer(SettingErrors errors)
    {
        if (StakedKeypair == UnstakedKeypair)
        {
            errors.Add($"{nameof(UnstakedKeypair)} is '{UnstakedKeypair}', the same file as {nameof(StakedKeypair)}; give the keypair of this node's own identity.");
        }

        if (IdentityLink == StakedKeypair || IdentityLink == UnstakedKeypair)
        {
            errors.Add($"{nameof(IdentityLink)} is '{IdentityLink}', which is a keypair file; give the link that the start script names.");
        }
    }
}
