namespace Tachyon.Failover.Clients;

/// <summary>The lineage of a validator's program. Within one, commands and state files are alike.</summary>
internal enum ClientFamily
{
    /// <summary>It is not recognized.</summary>
    Unknown,

    /// <summary>Agave and what is built from it: tachyon, Jito's edition.</summary>
    Agave,

    /// <summary>Firedancer's network part with an Agave part inside (<c>fdctl</c>).</summary>
    Frankendancer,

    /// <summary>Firedancer without an Agave part (<c>firedancer</c>).</summary>
    Firedancer,
}
