using Tachyon.Failover.Hosts;
using Tachyon.Failover.Shells;

namespace Tachyon.Failover.Identities;

/// <summary>The identity link of a node that is reached over a shell.</summary>
public sealed class ShellIdentityLink : IIdentityLink
{
    private const int NotALink = 91;
    private const char Mark = '=';

    private readonly NodeShell _shell;
    private readonly ValidatorNodeSettings _settings;

    /// <summary>Makes the link of a node; nothing is touched.</summary>
    /// <exception cref="InvalidSettingsException">The settings are wrong.</exception>
    public ShellIdentityLink(NodeShell shell, ValidatorNodeSettings settings)
    {
        ArgumentNullException.ThrowIfNull(shell);
        ArgumentNullException.ThrowIfNull(settings);
        InvalidSettingsException.ThrowIfAny(settings.Validate());
        _shell = shell;
        _settings = settings;
    }

    /// <inheritdoc/>
    public async Task<CallResult<IdentityLinkTarget>> ReadAsync(CancellationToken cancellationToken = default)
    {
        // The paths are compared as the node resolves them: the link may be relative, the keypairs may be links themselves. Before each path stands a mark, so that one that leads nowhere leaves a line, too.
        var script = ShellScript.Create(
            $"""
            test -L {_settings.IdentityLink} || exit {NotALink}
            readlink {_settings.IdentityLink}
            echo "=$(readlink -f {_settings.IdentityLink})"
            echo "=$(readlink -f {_settings.StakedKeypair})"
            echo "=$(readlink -f {_settings.UnstakedKeypair})"
            """);

        var answer = await _shell.LookAsync(script, _settings.TimeLimits.Command, cancellationToken).ConfigureAwait(false);
        var call = ToCallResult(answer);
        if (!call.IsDone)
        {
            return call;
        }

        var lines = answer.Output.Split('\n');
        if (lines.Length < 4)
        {
            return CallResult.NotDone(CallFailure.Unrecognised, $"the link and the keypairs were read as '{answer.Output}'");
        }

        var (link, staked, unstaked) = (lines[1].TrimStart(Mark), lines[2].TrimStart(Mark), lines[3].TrimStart(Mark));
        var role = WhichOf(link, staked, unstaked);
        var missing = staked.Length == 0 ? _settings.StakedKeypair : unstaked.Length == 0 ? _settings.UnstakedKeypair : null;
        return role is null && missing is not null
            ? CallResult.NotDone(CallFailure.KeypairUnusable, $"the link points at {lines[0]}, and what that is cannot be told: there is no folder for {missing}")
            : new IdentityLinkTarget { Path = lines[0], Identity = role };
    }

    /// <inheritdoc/>
    public async Task<CallResult> PointAtAsync(IdentityRole identity, CancellationToken cancellationToken = default)
    {
        var target = KeypairOf(identity);
        var temporary = $"{_settings.IdentityLink}.new";
        var script = ShellScript.Create(
            $$"""
            test -L {{_settings.IdentityLink}} || exit {{NotALink}}
            if test "$(readlink {{_settings.IdentityLink}})" != {{target}}; then
              ln -sfn {{target}} {{temporary}} && mv -fT {{temporary}} {{_settings.IdentityLink}} || exit
            fi
            sync {{PosixText.FolderOf(_settings.IdentityLink)}}
            """);

        return ToCallResult(await _shell.RunAsync(script, _settings.TimeLimits.Command, cancellationToken).ConfigureAwait(false));
    }

    /// <inheritdoc/>
    public string CommandToPointAt(IdentityRole identity) =>
        PersonsCommand.Of(_settings, ShellScript.Create($"ln -sfn {KeypairOf(identity)} {_settings.IdentityLink}"));

    private static IdentityRole? WhichOf(string link, string staked, string unstaked) =>
        link.Length == 0 ? null
        : link == staked ? IdentityRole.Staked
        : link == unstaked ? IdentityRole.Unstaked
        : null;

    private string KeypairOf(IdentityRole identity) =>
        identity == IdentityRole.Staked ? _settings.StakedKeypair : _settings.UnstakedKeypair;

    private CallResult ToCallResult(ScriptAnswer answer) => answer is { WasSent: true, Status: NotALink, Failure: CallFailure.None }
        ? CallResult.NotDone(CallFailure.NotALink, $"{_settings.IdentityLink} is no symbolic link")
        : answer.ToCallResult();
}
