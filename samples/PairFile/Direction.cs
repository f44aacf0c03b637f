using Tachyon.Failover.Identities;

namespace Tachyon.Failover.Pairs;

/// <summary>Which way a pair goes now: from the active node to the other.</summary>
internal static class Direction
{
    /// <summary>The pair from the node that runs the staked identity to the other. If neither or both do, the one from the first to the second: the preflight will say so.</summary>
    public static async Task<ValidatorPair> FindAsync(OpenPair open, CancellationToken cancellationToken)
    {
        var (first, second) = await AskAsync(open, cancellationToken);
        return open.To(second == true && first != true ? open.To(null).Source.Name : null);
    }

    /// <summary>The pair from the active node to the other, even if the active one does not answer: what a watch needs, which is for that very case.</summary>
    /// <returns>The pair; or null, and why it cannot be told.</returns>
    public static async Task<(ValidatorPair? Pair, string? WhyNot)> FindActiveAsync(OpenPair open, CancellationToken cancellationToken)
    {
        var pair = open.To(null);
        var (first, second) = await AskAsync(open, cancellationToken);
        var (isFirst, whyNot) = Tell(first, second, pair.Source.Name, pair.Target.Name);
        return (isFirst switch { true => pair, false => open.To(pair.Source.Name), null => null }, whyNot);
    }

    /// <summary>A node that does not answer is the active one if the other runs an unstaked identity. Pure.</summary>
    /// <param name="first">Whether the first runs the staked identity; null if it does not say.</param>
    /// <param name="second">The same of the second.</param>
    /// <param name="one">The name of the first.</param>
    /// <param name="other">The name of the second.</param>
    /// <returns>Whether it is the first; or null, and why it cannot be told.</returns>
    public static (bool? IsFirst, string? WhyNot) Tell(bool? first, bool? second, string one, string other) => (first, second) switch
    {
        (true, true) => (null, $"{one} and {other} both run the staked identity; look with: tachyon-failover diagnose"),
        (false, false) => (null, $"neither {one} nor {other} runs the staked identity; look with: tachyon-failover diagnose"),
        (null, null) => (null, $"neither {one} nor {other} answers"),
        (true, _) or (_, false) => (true, null),
        _ => (false, null),
    };

    private static async Task<(bool? First, bool? Second)> AskAsync(OpenPair open, CancellationToken cancellationToken)
    {
        var pair = open.To(null);
        var asked = await Task.WhenAll(pair.Source.Host.GetContactInfoAsync(cancellationToken), pair.Target.Host.GetContactInfoAsync(cancellationToken));
        cancellationToken.ThrowIfCancellationRequested();
        return (RunsStaked(asked[0].IsDone, asked[0].Value?.Identity), RunsStaked(asked[1].IsDone, asked[1].Value?.Identity));

        bool? RunsStaked(bool isDone, Pubkey? identity) => isDone && identity is not null ? identity.Equals(pair.StakedIdentity) : null;
    }
}
