namespace Tachyon.Failover;

/// <summary>Where the staked identity is, as far as is known.</summary>
public enum IdentityLocation
{
    /// <summary>It was not found out.</summary>
    Unknown,

    /// <summary>At the node that was to give it away.</summary>
    Source,

    /// <summary>At the node that was to take it.</summary>
    Target,

    /// <summary>Neither node votes with it.</summary>
    Nobody,
}
