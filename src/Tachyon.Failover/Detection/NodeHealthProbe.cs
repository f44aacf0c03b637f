using System.Net;
using Tachyon.Failover.Cluster;

namespace Tachyon.Failover;

/// <summary>Probes the active node itself, for the operator's information. Only the first reading waits for it: a dead node must not delay a reading.</summary>
/// <remarks>Its shell is not asked: a demotion would wait for a question that hangs there. The tower stream shows whether it answers.</remarks>
internal sealed class NodeHealthProbe(ValidatorPair pair, TimeProvider time)
{
    private IReadOnlyDictionary<string, IPEndPoint> _ports = new Dictionary<string, IPEndPoint>(StringComparer.Ordinal);
    private Task<NodeSight>? _asking;
    private NodeSight _newest = new() { Name = pair.Source.Name };

    /// <summary>Begins a probe, if the last one has ended.</summary>
    /// <param name="triesPorts">Whether the ports are tried.</param>
    /// <param name="limit">Its time limit.</param>
    public void Begin(bool triesPorts, TimeSpan limit)
    {
        if (_asking is null || Collect())
        {
            _asking = AskAsync(triesPorts, limit);
        }
    }

    /// <summary>The newest result.</summary>
    /// <param name="waits">Whether to wait for a probe in progress.</param>
    public async Task<NodeSight> NewestAsync(bool waits)
    {
        if (waits && _asking is not null)
        {
            await _asking.ConfigureAwait(false);
        }

        Collect();
        return _newest;
    }

    private bool Collect()
    {
        if (_asking is not { IsCompletedSuccessfully: true } asked)
        {
            return false;
        }

        _newest = asked.Result;
        return true;
    }

    private async Task<NodeSight> AskAsync(bool triesPorts, TimeSpan limit)
    {
        using var deadline = new CancellationTokenSource(limit, time);
        var health = HealthAsync(deadline.Token);
        var slot = SlotAsync(deadline.Token);
        if (_ports.Count == 0 && pair.Ports is not null)
        {
            _ports = await PortsProbe.FindAsync(pair.AllWitnesses, pair.StakedIdentity, deadline.Token).ConfigureAwait(false);
        }

        var open = triesPorts && pair.Ports is { } probe ? await PortsProbe.TryAsync(probe, _ports, deadline.Token).ConfigureAwait(false) : null;
        var (isHealthy, words) = await health.ConfigureAwait(false);
        return new NodeSight { Name = pair.Source.Name, IsHealthy = isHealthy, Words = words, Slot = await slot.ConfigureAwait(false), OpenPorts = open?.Open };
    }

    private async Task<(bool? IsHealthy, string? Words)> HealthAsync(CancellationToken cancellationToken)
    {
        try
        {
            var health = await pair.Source.Rpc.GetHealthAsync(cancellationToken).WaitAsync(cancellationToken).ConfigureAwait(false);
            return (health.IsHealthy, health.Message);
        }
        catch (Exception exception)
        {
            // Any exception of an embedder's RPC counts as no answer.
            return (null, exception is OperationCanceledException ? "no answer in time" : exception.Message);
        }
    }

    private async Task<ulong?> SlotAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await pair.Source.Rpc.GetSlotAsync(Commitment.Confirmed, cancellationToken).WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception)
        {
            return null;
        }
    }
}
