using Tachyon.Failover.Cluster;
using Tachyon.Failover.Decisions;
using Tachyon.Failover.Nodes;
using Tachyon.Failover.Runtime;
using Tachyon.Failover.Towers;

namespace Tachyon.Failover;

/// <summary>Reads a guard's own node, and checks that it is the node of the settings.</summary>
internal sealed class GuardEyes(ValidatorNode node, Pubkey stakedIdentity, ITowerTransport? towers, GuardTimings timings, TimeProvider time)
{
    /// <summary>The time limit of a script on this machine, which may be busy.</summary>
    private static readonly TimeSpan ReadingLimit = TimeSpan.FromSeconds(10);

    private bool _hasBeenUp;
    private CallResult<ValidatorInspection>? _setup;

    /// <summary>Why this node must not be guarded: its client or its cluster's consensus is one that the library does not command safely. It stays so once it was seen.</summary>
    public ClientRefusal? Refusal { get; private set; }

    /// <summary>Whether the newest reading found no socket.</summary>
    public bool HasNoSocket { get; private set; }

    /// <summary>Why the guard cannot begin; null if it may. It may guard a validator that hangs, because its socket exists.</summary>
    /// <param name="cancellationToken">Cancels the questions to the node's RPC.</param>
    public async Task<string?> WhyNotYetAsync(CancellationToken cancellationToken)
    {
        _setup ??= await BoundedCall.ReadAsync(node.Host.InspectAsync, ReadingLimit, time).ConfigureAwait(false);
        if (await SeeClientAsync(cancellationToken).ConfigureAwait(false) is { } refusal)
        {
            return $"{refusal.Seen}; {refusal.WayOut}";
        }

        var contact = await BoundedCall.ReadAsync(node.Host.GetContactInfoAsync, timings.Interval, time).ConfigureAwait(false);
        if (contact.Call.Failure == CallFailure.ValidatorNotRunning)
        {
            return $"no validator answers ({contact.Call}): it does not run yet, or it uses another ledger than the settings; start it, or correct the settings";
        }

        var link = await BoundedCall.ReadAsync(node.Link.ReadAsync, ReadingLimit, time).ConfigureAwait(false);
        return link.Value is null
            ? $"the identity link and the keypair files could not be read ({link.Call}); correct that"
            : NodeReading.Of(node.Name, link.Value, contact.Value?.Identity).RefusalAsLost(stakedIdentity);
    }

    /// <summary>
    /// Asks the node's own RPC which client it is, and by which consensus its cluster votes. What it does not say does not count: a cluster changes to Alpenglow once, and the guard is there for a node
    /// that answers nothing.
    /// </summary>
    /// <param name="cancellationToken">Cancels the questions.</param>
    public async Task<ClientRefusal?> SeeClientAsync(CancellationToken cancellationToken)
    {
        if (Refusal is not null)
        {
            return Refusal;
        }

        using var deadline = new CancellationTokenSource(timings.Interval, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        var hasCert = ClientQuestion.HasCertAsync(node.Rpc, either.Token);
        var version = await ClientQuestion.VersionAsync(node.Rpc, either.Token).ConfigureAwait(false);
        var setup = _setup?.Value;
        var client = new NodeClient
        {
            Name = node.Name,
            ProgramFile = setup?.ProgramFile,
            Program = setup?.ProgramSaid ?? setup?.Version,
            Running = version,
            HasAgGenesisCert = await hasCert.ConfigureAwait(false),
            HasNewerVoteHistory = setup?.NewerVoteHistories.Contains(stakedIdentity),
        };
        Refusal = ClientRule.Of(new ClientFacts { Nodes = [client] }).FirstOrDefault(static refusal => !refusal.IsInconclusive);
        return Refusal;
    }

    /// <summary>The validator's identity, and its link's if it is down.</summary>
    public async Task<GuardedNode> SeeNodeAsync()
    {
        var begun = time.GetTimestamp();
        var contact = await BoundedCall.ReadAsync(node.Host.GetContactInfoAsync, timings.Interval, time).ConfigureAwait(false);
        _hasBeenUp |= contact.IsDone || contact.Call.Failure == CallFailure.ValidatorStarting;
        HasNoSocket = contact.Call.Failure == CallFailure.ValidatorNotRunning;
        if (contact.IsDone)
        {
            return contact.Value.Identity.Equals(stakedIdentity) ? GuardedNode.Staked : GuardedNode.Unstaked;
        }

        // The machine or the validator starts. Its link decides its identity, so the guard moves it before a takeover would meet it.
        if (!(contact.Call.Failure == CallFailure.ValidatorStarting || (HasNoSocket && _hasBeenUp)))
        {
            return GuardedNode.Silent;
        }

        // A starting validator has read its link before. Its future identity is unknown even if the link has changed.
        var link = await BoundedCall.ReadAsync(node.Link.ReadAsync, timings.Interval - time.GetElapsedTime(begun), time).ConfigureAwait(false);
        return link.Value?.Identity switch
        {
            IdentityRole.Staked => GuardedNode.Coming,
            IdentityRole.Unstaked when HasNoSocket => GuardedNode.Unstaked,
            _ => GuardedNode.Silent,
        };
    }

    /// <summary>The newest vote in the node's own tower; null if it could not be read within the rest of the reading.</summary>
    public async Task<ulong?> OwnVoteAsync(TimeSpan left) =>
        towers is not null && await BoundedCall.ReadAsync(token => towers.ReadAsync(NodeSide.Source, TimeSpan.Zero, token), left, time).ConfigureAwait(false) is { Value: { } file }
            ? TowerVerification.Check(file, stakedIdentity).Tower?.LastVotedSlot
            : null;
}
