using Tachyon.Failover.Hosts;
using Tachyon.Failover.Identities;
using Tachyon.Failover.Towers;

namespace Tachyon.Failover.Preflight;

/// <summary>What one node said when it was asked. Immutable.</summary>
public sealed record NodeSurvey
{
    /// <summary>Which of the two it is.</summary>
    public required NodeSide Side { get; init; }

    /// <summary>The node's name.</summary>
    public required string Name { get; init; }

    /// <summary>Who the running validator says it is.</summary>
    public required CallResult<ValidatorContactInfo> ContactInfo { get; init; }

    /// <summary>What the node is set up with.</summary>
    public required CallResult<ValidatorInspection> Inspection { get; init; }

    /// <summary>Where the identity link points.</summary>
    public required CallResult<IdentityLinkTarget> Link { get; init; }

    /// <summary>The staked identity's tower on the node.</summary>
    public required CallResult<TowerFile> Tower { get; init; }

    internal static async Task<NodeSurvey> TakeAsync(ValidatorPair pair, NodeSide side, CancellationToken cancellationToken)
    {
        var node = pair.On(side);
        var contactInfo = node.Host.GetContactInfoAsync(cancellationToken);
        var inspection = node.Host.InspectAsync(cancellationToken);
        var link = node.Link.ReadAsync(cancellationToken);
        var tower = pair.Towers.ReadAsync(side, TimeSpan.Zero, cancellationToken);
        return new NodeSurvey
        {
            Side = side,
            Name = node.Name,
            ContactInfo = await contactInfo.ConfigureAwait(false),
            Inspection = await inspection.ConfigureAwait(false),
            Link = await link.ConfigureAwait(false),
            Tower = await tower.ConfigureAwait(false),
        };
    }
}
