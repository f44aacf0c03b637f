namespace Tachyon.Failover;

/// <summary>Where the staked identity is, as far as is known.</summary>
public enum IdentityLocation
{
    /// <summary>It could not be found out.</summary>
    Unknown,

    /// <summary>On the source.</summary>
    Source,

    /// <summary>On the target.</summary>
    Target,

    /// <summary>Neither node votes with it.</summary>
    Neither,
}
