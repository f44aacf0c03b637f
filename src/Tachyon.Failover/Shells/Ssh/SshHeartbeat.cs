using System.Globalization;
using System.Text;
using Tachyon.Failover.Runtime;

namespace Tachyon.Failover.Shells.Ssh;

/// <summary>Asks the host for a heartbeat, and declares the connection lost when none comes.</summary>
/// <remarks>
/// A TCP connection to a dead peer, or through a router that has forgotten it, seems open for a quarter of an hour, until
/// TCP times out. An acknowledgment of a middle box proves nothing about the host. So an <c>sh</c> on the host answers.
/// </remarks>
internal sealed class SshHeartbeat
{
    /// <summary>Echoes each line. It starts no program.</summary>
    public static readonly ShellScript Script = ShellScript.Create($"while read -r beat; do echo \"$beat\"; done");

    private const int BufferSize = 256;

    private readonly SshNetConnection _connection;
    private readonly SshNetSession _session;
    private readonly SshNetShellOptions _options;
    private readonly TimeProvider _time;

    public SshHeartbeat(SshNetConnection connection, SshNetSession session, SshNetShellOptions options, TimeProvider time)
    {
        _connection = connection;
        _session = session;
        _options = options;
        _time = time;
    }

    /// <summary>Beats until the connection is lost.</summary>
    public async Task RunAsync(CancellationToken lost)
    {
        var reading = DrainAsync();
        var asking = Task.CompletedTask;
        var silentBeats = 0;
        long number = 0;
        while (!lost.IsCancellationRequested)
        {
            var heardAt = _connection.HeardAt;
            var left = _options.DeadPeerLimit - _time.GetElapsedTime(heardAt);
            var wait = left > TimeSpan.Zero && left < _options.KeepAliveInterval ? left : _options.KeepAliveInterval;
            await Task.WhenAny(_time.DelayAsync(wait, lost), _session.Completion).ConfigureAwait(false);
            if (_session.Completion.IsCompleted)
            {
                var exit = await _session.Completion.ConfigureAwait(false);
                _connection.Lose(exit.LostReason ?? $"the sh that answers for the host ended ({exit})");
                break;
            }

            // Silence counts only after a question: after a suspension of this process, the answers are still unread.
            silentBeats = _connection.HeardAt == heardAt ? silentBeats + 1 : 0;
            if (silentBeats >= 2 && _time.GetElapsedTime(_connection.HeardAt) >= _options.DeadPeerLimit)
            {
                _connection.Lose(FormattableString.Invariant($"{_connection.Name} sent no heartbeat for {_options.DeadPeerLimit.TotalSeconds:0.###} s"));
                break;
            }

            // A host that no longer reads must not stop the clock.
            if (asking.IsCompleted)
            {
                asking = AskAsync(++number);
            }
        }

        await reading.ConfigureAwait(false);
    }

    private async Task AskAsync(long number)
    {
        try
        {
            await _session.StandardInput.WriteAsync(Encoding.ASCII.GetBytes(number.ToString(CultureInfo.InvariantCulture) + "\n")).ConfigureAwait(false);
        }
        catch (IOException)
        {
            // The session's completion reports the reason.
        }
    }

    // Only the arrival of the answers counts, and the connection has noted it already.
    private async Task DrainAsync()
    {
        var buffer = new byte[BufferSize];
        while (await _session.StandardOutput.ReadAsync(buffer).ConfigureAwait(false) > 0)
        {
        }
    }
}
