using Tachyon.Failover.Runtime;
using Tachyon.Failover.Shells;
using Tachyon.Failover.Shells.Ssh;
using Tachyon.Failover.Towers;

namespace Tachyon.Failover.Nodes;

/// <summary>The folder of the staked identity's tower on a node, accessed by SFTP.</summary>
internal sealed class SftpTowerFolder : IAsyncDisposable
{
    private static readonly TimeSpan Saving = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(10);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly SshNetShell _shell;
    private readonly TimeProvider _time;
    private readonly TimeSpan _limit;
    private readonly string _folder;
    private readonly string _name;
    private SshNetFiles? _files;
    private bool _isDisposed;

    public SftpTowerFolder(SshNetShell shell, ValidatorNodeSettings settings, TowerFileName name, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(shell);
        ArgumentNullException.ThrowIfNull(settings);
        var errors = settings.Validate();
        InvalidSettingsException.ThrowIfAny(settings.RunAs is null
            ? errors
            : [.. errors, $"{nameof(settings.RunAs)} is '{settings.RunAs}', and SFTP has no sudo; log in as that user, or carry towers through the shell."]);
        _shell = shell;
        _time = time;
        _limit = settings.TimeLimits.Command;
        _folder = settings.Towers;
        _name = name.ToString();
    }

    private string Tower => $"{_folder}/{_name}";

    /// <summary>Closes the connection. May be repeated; later calls are not done.</summary>
    public async ValueTask DisposeAsync()
    {
        await _turn.WaitAsync().ConfigureAwait(false);
        _isDisposed = true;
        _files?.Dispose();
        _files = null;
        _turn.Release();
    }

    /// <summary>Reads the tower, after waiting for a tower that the validator is writing.</summary>
    public async Task<CallResult<TowerFile>> ReadSavedAsync(CancellationToken cancellationToken)
    {
        var isSaving = false;
        var waited = await DoAsync(async files => isSaving = await IsStillSavingAsync(files).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        return !waited.IsDone ? waited
            : isSaving ? CallResult.NotDone(CallFailure.TimedOut, $"the validator is writing {Tower}.new, and has not put it in place within a second")
            : await ReadAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads the present tower.</summary>
    public async Task<CallResult<TowerFile>> ReadAsync(CancellationToken cancellationToken)
    {
        byte[]? bytes = null;
        var result = await DoAsync(async files => bytes = await files.ReadAsync(Tower).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        return result.IsDone ? new TowerFile(bytes)
            : result.Failure == CallFailure.TowerMissing ? CallResult.NotDone(CallFailure.TowerMissing, $"there is no tower at {Tower}")
            : result;
    }

    public async Task<CallResult> DeliverAsync(TowerFile tower, bool trial, CancellationToken cancellationToken)
    {
        var temporary = $"{_folder}/.{_name}.tmp";
        var sound = true;
        var result = await DoAsync(
            async files =>
            {
                if (!trial && await files.ExistsAsync(Tower).ConfigureAwait(false) && tower.Equals(new TowerFile(await files.ReadAsync(Tower).ConfigureAwait(false))))
                {
                    return;
                }

                // A copy of another user could not be overwritten.
                if (await files.ExistsAsync(temporary).ConfigureAwait(false))
                {
                    await files.DeleteAsync(temporary).ConfigureAwait(false);
                }

                await files.WriteAsync(temporary, tower.Bytes.ToArray()).ConfigureAwait(false);
                sound = tower.Equals(new TowerFile(await files.ReadAsync(temporary).ConfigureAwait(false)));
                if (trial || !sound)
                {
                    await files.DeleteAsync(temporary).ConfigureAwait(false);
                    return;
                }

                await MoveAsideAsync(files).ConfigureAwait(false);
                await files.ReplaceAsync(temporary, Tower).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
        return sound ? result : CallResult.NotDone(CallFailure.TowerMismatch, $"what was written to {temporary} differs from what was read back");
    }

    public async Task<CallResult> SetAsideAsync(CancellationToken cancellationToken)
    {
        string? aside = null;
        var result = await DoAsync(async files => aside = await MoveAsideAsync(files).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        return result.IsDone ? CallResult.Done(aside) : result;
    }

    // A validator writes a tower under this name before it renames it, so the file means a vote in progress. A second is a hundred times the usual time.
    private async Task<bool> IsStillSavingAsync(SshNetFiles files)
    {
        var start = _time.GetTimestamp();
        while (await files.ExistsAsync($"{Tower}.new").ConfigureAwait(false))
        {
            if (_time.GetElapsedTime(start) >= Saving)
            {
                return true;
            }

            await _time.DelayAsync(Turn).ConfigureAwait(false);
        }

        return false;
    }

    private async Task<string?> MoveAsideAsync(SshNetFiles files)
    {
        if (!await files.ExistsAsync(Tower).ConfigureAwait(false))
        {
            return null;
        }

        var number = 1;
        while (await files.ExistsAsync($"{Tower}.aside-{number}").ConfigureAwait(false))
        {
            number++;
        }

        // This rename fails if another program took the name in between: nothing is ever overwritten.
        await files.MoveAsync(Tower, $"{Tower}.aside-{number}").ConfigureAwait(false);
        return $"{Tower}.aside-{number}";
    }

    /// <summary>Runs one call at a time, within the limit. After the connection was open a failure leaves the outcome unknown, unless the host refused.</summary>
    private async Task<CallResult> DoAsync(Func<SshNetFiles, Task> act, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return CallResult.NotDone(CallFailure.Canceled, "the caller canceled before it was sent");
        }

        await _turn.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            if (_isDisposed)
            {
                return CallResult.NotDone(CallFailure.Unreachable, "the transport was disposed");
            }

            if (_files is not { IsConnected: true })
            {
                _files?.Dispose();
                _files = await _shell.OpenFilesAsync(cancellationToken).ConfigureAwait(false);
            }

            await act(_files).WaitAsync(_limit, _time, cancellationToken).ConfigureAwait(false);
            return CallResult.Done();
        }
        catch (ShellException exception)
        {
            return CallResult.NotDone(CallFailure.Unreachable, exception.Message);
        }
        catch (FileNotFoundException exception)
        {
            return CallResult.NotDone(CallFailure.TowerMissing, exception.Message);
        }
        catch (UnauthorizedAccessException exception)
        {
            return CallResult.NotDone(CallFailure.PermissionDenied, exception.Message);
        }
        catch (Exception exception) when (exception is IOException or TimeoutException or OperationCanceledException)
        {
            // A call that still runs on this connection must not be executed after the next one.
            _files?.Dispose();
            _files = null;
            return CallResult.Unknown(
                exception switch { TimeoutException => CallFailure.TimedOut, OperationCanceledException => CallFailure.Canceled, _ => CallFailure.ConnectionLost },
                exception.Message);
        }
        finally
        {
            _turn.Release();
        }
    }
}
