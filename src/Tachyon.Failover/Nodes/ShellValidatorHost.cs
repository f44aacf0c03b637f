using Tachyon.Failover.Cluster;
using Tachyon.Failover.Shells;
using Tachyon.Failover.Towers;

namespace Tachyon.Failover.Nodes;

/// <summary>A validator that is commanded through its own program, over a shell.</summary>
/// <remarks>The texts by which it recognizes answers are those of the <see cref="Clients.ClientProfiles"/>.</remarks>
internal sealed class ShellValidatorHost : IValidatorHost
{
    // An inspection starts dozens of programs. A busy node needs longer for them than for one command, and is not to be called silent.

    private const int OtherTower = 90;
    private const int LockGone = 96;

    // The node itself ends a program that hangs, so that the conversation continues and the lock becomes free. The conversation is closed
    // only if the node does not do that.
    internal static readonly TimeSpan Grace = TimeSpan.FromSeconds(3);

    private readonly NodeShell _shell;
    private readonly ValidatorNodeSettings _settings;
    private readonly TowerFileName _tower;

    /// <summary>Creates the host; nothing is touched.</summary>
    /// <exception cref="InvalidSettingsException">The settings are wrong.</exception>
    public ShellValidatorHost(NodeShell shell, ValidatorNodeSettings settings, Pubkey stakedIdentity)
    {
        ArgumentNullException.ThrowIfNull(shell);
        ArgumentNullException.ThrowIfNull(settings);
        InvalidSettingsException.ThrowIfAny(settings.Validate());
        _shell = shell;
        _settings = settings;
        _tower = new TowerFileName(stakedIdentity);
    }

    private string TowerPath => $"{_settings.Towers}/{_tower}";

    /// <inheritdoc/>
    public async Task<CallResult> SetIdentityAsync(IdentityRole identity, TowerFile? requiredTower, TimeSpan? within, CancellationToken cancellationToken = default)
    {
        var command = NodeTimeLimit.OfCommand(_settings.TimeLimits.SetIdentity, SetIdentity(identity, requiredTower is not null));
        var script = requiredTower is null
            ? command
            : ShellScript.Create(
                $"""
                {LockStands()}
                test "$(sha256sum <{TowerPath})" = {requiredTower.Digest + "  -"} || exit {OtherTower}
                {command}
                """);

        var (limit, sent) = (_settings.TimeLimits.SetIdentity + Grace, _shell.Time.GetTimestamp());
        var answer = await _shell.RunAsync(script, limit, cancellationToken, within: within).ConfigureAwait(false);
        if (ValidatorWords.IsHalfDone(answer))
        {
            // The same call again completes it. It is the same order, so that its time counts from the first call.
            answer = await _shell.RunAsync(script, limit, cancellationToken, within: within - _shell.Time.GetElapsedTime(sent)).ConfigureAwait(false) is { Failure: CallFailure.None } second ? second : answer;
        }

        return answer is { Failure: CallFailure.None, Status: LockGone }
            ? CallResult.NotDone(CallFailure.Refused, $"the lock file {_settings.LockFile} was removed or replaced while this run held it, so another coordinator may be at work; nothing was asked of the validator")
            : answer is { Failure: CallFailure.None, Status: OtherTower }
            ? CallResult.NotDone(CallFailure.TowerMismatch, $"the tower at {TowerPath} is not the one with sha256 {requiredTower?.Digest} {answer.Output}".TrimEnd())
            : ValidatorWords.Recognise(answer);
    }

    /// <inheritdoc/>
    public async Task<CallResult> AddAuthorizedVotersAsync(CancellationToken cancellationToken = default)
    {
        // All are sent at once, in order. The first that is not done decides the result.
        var calls = _settings.Voters.Select(voter => RunAsync(AddVoter(voter), cancellationToken)).ToArray();
        foreach (var answer in await Task.WhenAll(calls).ConfigureAwait(false))
        {
            var result = ValidatorWords.Recognise(answer);
            if (!result.IsDone && !answer.Output.Contains("Authorized voter already present", StringComparison.Ordinal))
            {
                return result;
            }
        }

        return CallResult.Done();
    }

    /// <inheritdoc/>
    public async Task<CallResult> RemoveAllAuthorizedVotersAsync(CancellationToken cancellationToken = default) =>
        ValidatorWords.Recognise(await RunAsync(Command($"authorized-voter remove-all"), cancellationToken).ConfigureAwait(false));

    /// <inheritdoc/>
    public async Task<CallResult<ClusterNode>> GetContactInfoAsync(CancellationToken cancellationToken = default)
    {
        var answer = await _shell.ProbeAsync(NodeTimeLimit.OfCommand(_settings.TimeLimits.Command, Command($"contact-info")), _settings.TimeLimits.Command + Grace, cancellationToken).ConfigureAwait(false);
        var result = ValidatorWords.Recognise(answer);
        if (!result.IsDone)
        {
            return result;
        }

        return ContactInfoText.TryParse(answer.Output, out var contactInfo)
            ? contactInfo
            : CallResult.NotDone(CallFailure.Unrecognized, $"contact-info printed no identity: {answer.Output}");
    }

    /// <inheritdoc/>
    public async Task<CallResult<ValidatorInspection>> InspectAsync(CancellationToken cancellationToken = default)
    {
        var answer = await _shell.ProbeAsync(NodeInspection.Script(_settings), NodeInspection.LimitOf(_settings) + Grace, cancellationToken).ConfigureAwait(false);
        var result = answer.ToCallResult((NodeTimeLimit.RanOut, CallFailure.TimedOut));
        return result.IsDone ? NodeInspectionReader.Read(answer.Output, _settings) : result;
    }

    /// <inheritdoc/>
    public string CommandFor(ValidatorCommand command)
    {
        IReadOnlyList<ShellScript> commands = command switch
        {
            ValidatorCommand.TakeUnstakedIdentity => [SetIdentity(IdentityRole.Unstaked, requireTower: false)],
            ValidatorCommand.TakeStakedIdentity => [SetIdentity(IdentityRole.Staked, requireTower: true)],
            ValidatorCommand.AddAuthorizedVoters => [.. _settings.Voters.Select(AddVoter)],
            ValidatorCommand.RemoveAllAuthorizedVoters => [Command($"authorized-voter remove-all")],
            ValidatorCommand.ShowContactInfo => [Command($"contact-info")],
            ValidatorCommand.MoveTowerAside => [ShellScript.Create($"mv -nT {TowerPath} {TowerPath}.aside-$(date +%s)")],
            _ => throw new ArgumentOutOfRangeException(nameof(command), command, "No such command."),
        };
        return string.Join(" ; ", commands.Select(one => OperatorCommand.Of(_settings, one)));
    }

    private ShellScript SetIdentity(IdentityRole identity, bool requireTower)
    {
        var keypair = identity == IdentityRole.Staked ? _settings.StakedKeypair : _settings.UnstakedKeypair;
        return requireTower ? Command($"set-identity --require-tower {keypair}") : Command($"set-identity {keypair}");
    }

    // A lock is on a file, and the next coordinator takes the one that has the name. This is no LockLost: no other holder was seen, so the run can still undo what it did.
    // Descriptor 9 of the conversation's shell is the lock that it holds; without one there is nothing to compare.
    private ShellScript LockStands() => ShellScript.Create($"test ! -e /proc/$$/fd/9 || test {_settings.LockFile} -ef /proc/$$/fd/9 || exit {LockGone}");

    private ShellScript AddVoter(string keypair) => Command($"authorized-voter add {keypair}");

    private ShellScript Command(ShellScriptInterpolatedStringHandler arguments) =>
        ShellScript.Create($"{_settings.Program} -l {_settings.Ledger} {ShellScript.Create(arguments)}");

    private Task<ScriptAnswer> RunAsync(ShellScript command, CancellationToken cancellationToken) =>
        _shell.RunAsync(NodeTimeLimit.OfCommand(_settings.TimeLimits.Command, command), _settings.TimeLimits.Command + Grace, cancellationToken);
}
