namespace Tachyon.Failover.Decisions;

/// <summary>Decides what a result says of the place of the staked identity.</summary>
internal static class Whereabouts
{
    /// <summary>Where the identity is, by the answers of both nodes.</summary>
    /// <param name="source">Whether the source runs the staked identity; null if it did not say.</param>
    /// <param name="target">Whether the target does.</param>
    public static IdentityLocation Of(bool? source, bool? target) => (source, target) switch
    {
        (true, false or null) => IdentityLocation.Source,
        (false or null, true) => IdentityLocation.Target,
        (false, false) => IdentityLocation.Neither,
        _ => IdentityLocation.Unknown,
    };

    /// <summary>
    /// Where the identity is at the end of a run that did not end with a probe. The run may have lost its nodes minutes ago, so only what both nodes say now counts.
    /// A node that runs the identity may still be sealed: no node says which voters it has.
    /// </summary>
    /// <param name="state">What the run knows.</param>
    /// <param name="said">Where the identity is by the answers of both nodes now.</param>
    public static IdentityLocation AtTheEnd(RunState state, IdentityLocation said) => (state.Location, said) switch
    {
        (IdentityLocation.Unknown, _) => IdentityLocation.Unknown,
        (IdentityLocation.Neither, IdentityLocation.Source) when state.SourceIdentity == IdentityRole.Staked => IdentityLocation.Neither,
        _ => said,
    };
}
