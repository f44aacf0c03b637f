using System.Text;
using Tachyon.Failover.Shells;

namespace Tachyon.Failover.Nodes;

/// <summary>The identity link of a node that is reached over a shell.</summary>
/// <remarks>The key in a file decides which identity it is, never the file's name: this detects two swapped names in the settings.</remarks>
internal sealed class ShellIdentityLink : IIdentityLink
{
    private const int NotALink = 91;
    private const int OtherKey = 92;

    private readonly NodeShell _shell;
    private readonly ValidatorNodeSettings _settings;
    private readonly Pubkey _stakedIdentity;

    /// <summary>Creates the link of a node; nothing is touched.</summary>
    /// <param name="shell">The shell of the node.</param>
    /// <param name="settings">The node.</param>
    /// <param name="stakedIdentity">The staked identity.</param>
    /// <exception cref="InvalidSettingsException">The settings are wrong.</exception>
    public ShellIdentityLink(NodeShell shell, ValidatorNodeSettings settings, Pubkey stakedIdentity)
    {
        ArgumentNullException.ThrowIfNull(shell);
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(stakedIdentity);
        InvalidSettingsException.ThrowIfAny(settings.Validate());
        _shell = shell;
        _settings = settings;
        _stakedIdentity = stakedIdentity;
    }

    /// <inheritdoc/>
    public async Task<CallResult<IdentityLinkTarget>> ReadAsync(CancellationToken cancellationToken = default)
    {
        var script = ShellScript.Create(
            $$"""
            test -L {{_settings.IdentityLink}} || exit {{NotALink}}
            {{NodeInspection.PublicHalves}}
            printf 'to %s\n' "$(readlink {{_settings.IdentityLink}} | base64 -w0)"
            halves {{_settings.IdentityLink}} {{_settings.StakedKeypair}} {{_settings.UnstakedKeypair}}
            half_of {{_settings.IdentityLink}}; printf 'key %s\n' "$half"
            half_of {{_settings.StakedKeypair}}; printf 'staked %s\n' "$half"
            half_of {{_settings.UnstakedKeypair}}; printf 'unstaked %s\n' "$half"
            """);

        var answer = await _shell.ProbeAsync(script, _settings.TimeLimits.Command, cancellationToken).ConfigureAwait(false);
        var call = ToCallResult(answer);
        if (!call.IsDone)
        {
            return call;
        }

        var words = answer.Output.Split('\n').Select(NodeInspectionReader.Halves).ToLookup(line => line.Word, line => line.Value, StringComparer.Ordinal);
        if (PathIn(words["to"].FirstOrDefault()) is not { } path)
        {
            return CallResult.NotDone(CallFailure.Unrecognized, $"the link cannot be read: '{answer.Output}'");
        }

        if (path.Any(char.IsControl))
        {
            return CallResult.NotDone(CallFailure.NotALink, $"{_settings.IdentityLink} points at a name with a control character: '{path}'");
        }

        var (key, staked, unstaked) = (Key("key"), Key("staked"), Key("unstaked"));
        return new IdentityLinkTarget
        {
            Path = path,
            Key = key,
            StakedKey = staked,
            UnstakedKey = unstaked,
            Identity = key is null ? null
                : key.Equals(_stakedIdentity) ? IdentityRole.Staked
                : key.Equals(staked) || key.Equals(unstaked) ? IdentityRole.Unstaked
                : null,
        };

        Pubkey? Key(string word) => KeypairFile.TryParsePublicHalf(words[word].FirstOrDefault(), out var key, out _) ? key : null;
    }

    /// <inheritdoc/>
    public async Task<CallResult> PointAtAsync(IdentityRole identity, CancellationToken cancellationToken = default)
    {
        var target = KeypairOf(identity);
        var temporary = $"{_settings.IdentityLink}.new";

        // The key is read where it is used: the file may have changed since it was read before.
        var script = ShellScript.Create(
            $$"""
            test -L {{_settings.IdentityLink}} || exit {{NotALink}}
            {{NodeInspection.PublicHalves}}
            halves {{target}}; half_of {{target}}
            test -n "$half" && test "$half" {{Comparison(identity)}} {{Numbers(_stakedIdentity)}} || { printf '%s\n' "$half"; exit {{OtherKey}}; }
            if test "$(readlink {{_settings.IdentityLink}})" != {{target}}; then
              ln -sfn {{target}} {{temporary}} && mv -fT {{temporary}} {{_settings.IdentityLink}} || exit
            fi
            sync {{PosixText.FolderOf(_settings.IdentityLink)}}
            """);

        var answer = await _shell.RunAsync(script, _settings.TimeLimits.Command, cancellationToken).ConfigureAwait(false);
        return answer is { WasSent: true, Status: OtherKey, Failure: CallFailure.None }
            ? CallResult.NotDone(CallFailure.KeypairUnusable, WhyNotMoved(identity, answer.Output))
            : ToCallResult(answer);
    }

    /// <inheritdoc/>
    public string CommandToPointAt(IdentityRole identity) =>
        OperatorCommand.Of(_settings, ShellScript.Create($"ln -sfn {KeypairOf(identity)} {_settings.IdentityLink}"));

    /// <summary>What <c>readlink</c> printed. It came through base64, so that a line end in the name is not taken for the end of the name.</summary>
    private static string? PathIn(string? encoded)
    {
        var bytes = new byte[encoded?.Length ?? 0];
        return encoded is { Length: > 0 } && Convert.TryFromBase64String(encoded, bytes, out var length) && bytes.AsSpan(0, length) is [.. var name, (byte)'\n'] ? Encoding.UTF8.GetString(name) : null;
    }

    private static ShellScript Comparison(IdentityRole identity) => identity == IdentityRole.Staked ? ShellScript.Create($"=") : ShellScript.Create($"!=");

    private static string Numbers(Pubkey key) => string.Join(',', key.Bytes.ToArray());

    private string WhyNotMoved(IdentityRole identity, string numbers)
    {
        var setting = identity == IdentityRole.Staked ? nameof(ValidatorNodeSettings.StakedKeypair) : nameof(ValidatorNodeSettings.UnstakedKeypair);
        var seen = KeypairFile.TryParsePublicHalf(numbers, out var key, out var problem) ? $"holds {key}" : problem;
        return $"the identity link was not moved: {KeypairOf(identity)}, the file of {setting}, {seen}, and the staked identity is {_stakedIdentity}; name the right file in {setting}";
    }

    private string KeypairOf(IdentityRole identity) =>
        identity == IdentityRole.Staked ? _settings.StakedKeypair : _settings.UnstakedKeypair;

    private CallResult ToCallResult(ScriptAnswer answer) => answer is { WasSent: true, Status: NotALink, Failure: CallFailure.None }
        ? CallResult.NotDone(CallFailure.NotALink, $"{_settings.IdentityLink} is no symbolic link")
        : answer.ToCallResult();
}
