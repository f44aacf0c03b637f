using System.Net;
using Tachyon.Failover.Monitoring;
using Tachyon.Failover.Takeover;

namespace Tachyon.Failover.Execution;

/// <summary>What the cluster and the node's ports show of a lost node.</summary>
internal sealed partial class SwitchoverSteps
{
    private IReadOnlyDictionary<string, IPEndPoint>? _ports;

    private async Task<SilenceFacts> SeeSilenceAsync(CancellationToken cancellationToken)
    {
        var looking = Watch.LookInTurnAsync(cancellationToken);
        using var limit = new CancellationTokenSource(LimitsToSee * Policy.CallTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        _ports = _ports is { Count: > 0 } ? _ports : await PortsProbe.FindAsync(Pair.AllWitnesses, Pair.StakedIdentity, either.Token).ConfigureAwait(false);
        var ports = _ports.Count > 0 && Pair.Ports is { } probe ? await PortsProbe.TryAsync(probe, _ports, either.Token).ConfigureAwait(false) : null;
        await looking.ConfigureAwait(false);
        var sight = Watch.History.Sight;
        return new SilenceFacts
        {
            SilentWitnesses = sight.SilentWitnesses,
            Witnesses = sight.Witnesses,
            Silence = sight.Silence,
            LastVote = sight.LastVote,
            Slot = sight.Slot,
            Ports = ports,
            GuardWasHeard = Watch.GuardWasHeard || !options.Rules.HearsGuard,
            UnknownReason = sight.UnknownReason,
        };
    }
}
