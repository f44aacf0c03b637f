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

        // Two monitors never write into one file. As with a delivery, the file is never opened through a link, and its owner is changed while it is open.
        var temporary = $"{_folder}/.{_name}.{UnguessableName.New()}.tmp";
        var script = ShellScript.Create(
            $$"""
            umask 022; set -C
            exec 8>{{temporary}}
            printf %s {{TowerText.Encode(tower)}} | base64 -d >&8 || { rm -f {{temporary}}; exit 1; }
            test -O {{_folder}} || chown --reference={{_folder}} /proc/self/fd/8 2>/dev/null
            mv -fT {{temporary}} {{Shadow}} || { rm -f {{temporary}}; exit 1; }
            """);
        var answer = await _shell.RunAsync(script, _limit, cancellationToken).ConfigureAwait(false);
        return answer.ToCallResult();
    }

    /// <inheritdoc/>
    public async Task<CallResult<TowerFile>> ReadAsync(CancellationToken cancellationToken = default)
    {
        var script = ShellScript.Create(
            $"""
            {TowerFolder.Regular(Shadow)}
            head -c {TowerText.MostBytes + 1} {Shadow} | base64 -w0
            """);
        var answer = await _shell.ProbeAsync(script, _limit, cancellationToken).ConfigureAwait(false);
        var result = answer.ToCallResult((TowerFolder.NoTower, CallFailure.TowerMissing));
        return result.IsDone ? TowerText.Decode(answer.Output)
            : result.Failure == CallFailure.TowerMissing ? CallResult.NotDone(CallFailure.TowerMissing, $"there is no tower copy at {Shadow}")
            : result;
    }
}
