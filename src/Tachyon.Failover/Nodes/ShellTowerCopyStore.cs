using Tachyon.Failover.Shells;
using Tachyon.Failover.Towers;

namespace Tachyon.Failover.Nodes;

/// <summary>Keeps the tower copy in the node's tower folder, as <c>tower-1_9-PUBKEY.bin.copy</c>, a name that no validator reads or writes.</summary>
/// <remarks>
/// Fast enough for every slot: two short programs on the node, in the open conversation. It needs no lock, because every file is put in place by one rename. It is not synced to the disk: the copy must
/// outlive the monitor, not the node that holds it.
/// </remarks>
internal sealed class ShellTowerCopyStore : ITowerCopyStore
{
    private const int NoTower = 92;

    private readonly NodeShell _shell;
    private readonly TimeSpan _limit;
    private readonly string _folder;
    private readonly string _name;

    /// <summary>Creates the store; nothing is touched.</summary>
    /// <exception cref="InvalidSettingsException">The settings are wrong.</exception>
    public ShellTowerCopyStore(NodeShell shell, ValidatorNodeSettings settings, Pubkey stakedIdentity)
    {
        ArgumentNullException.ThrowIfNull(shell);
        ArgumentNullException.ThrowIfNull(settings);
        InvalidSettingsException.ThrowIfAny(settings.Validate());
        _shell = shell;
        _limit = settings.TimeLimits.Command;
        _folder = settings.Towers;
        _name = $"{new TowerFileName(stakedIdentity)}.shadow";
    }

    private string Shadow => $"{_folder}/{_name}";

    /// <inheritdoc/>
    public async Task<CallResult> StoreAsync(TowerFile tower, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(tower);

        // The temporary name contains the process id of the conversation's shell, so that two monitors never write into one file.
        var script = ShellScript.Create(
            $"""
            umask 022
            temporary={$"{_folder}/.{_name}."}$$
            echo {TowerText.Encode(tower)} | base64 -d >"$temporary" && mv -fT "$temporary" {Shadow} || {Fail()}
            test -O {_folder} || chown --reference={_folder} {Shadow} 2>/dev/null
            true
            """);
        var answer = await _shell.RunAsync(script, _limit, cancellationToken).ConfigureAwait(false);
        return answer.ToCallResult();
    }

    /// <inheritdoc/>
    public async Task<CallResult<TowerFile>> ReadAsync(CancellationToken cancellationToken = default)
    {
        var script = ShellScript.Create(
            $"""
            test -e {Shadow} || exit {NoTower}
            base64 -w0 {Shadow}
            """);
        var answer = await _shell.ProbeAsync(script, _limit, cancellationToken).ConfigureAwait(false);
        var result = answer.ToCallResult((NoTower, CallFailure.TowerMissing));
        return result.IsDone ? TowerText.Decode(answer.Output)
            : result.Failure == CallFailure.TowerMissing ? CallResult.NotDone(CallFailure.TowerMissing, $"there is no tower copy at {Shadow}")
            : result;
    }

    private static ShellScript Fail() => ShellScript.Create($$"""{ rm -f "$temporary"; exit 1; }""");
}
