namespace Tachyon.Failover.Pairs;

/// <summary>The current direction of a pair: from the active node to the other.</summary>
internal static class Direction
{
    /// <summary>The pair from the active node to the other. If neither node or both run the staked identity: from the first to the second, and the preflight reports it.</summary>
    public static async Task<ValidatorPair> FindAsync(OpenPair open, CancellationToken cancellationToken)
    {
        var (first, second) = await AskAsync(open, cancellationToken);
        return open.To(second == true && first != true ? open.To(null).Source.Name : null);
    }

    /// <summary>The pair from the active node to the other, even if the active node does not answer. A monitor needs it in that very case.</summary>
    /// <returns>The pair; or null, and why the direction is unknown.</returns>
    public static async Task<(ValidatorPair? Pair, string? WhyNot)> FindActiveAsync(OpenPair open, CancellationToken cancellationToken)
    {
        var pair = open.To(null);
        var (first, second) = await AskAsync(open, cancellationToken);
        var (isFirst, whyNot) = Tell(first, second, pair.Source.Name, pair.Target.Name);
        return (isFirst switch { true => pair, false => open.To(pair.Source.Name), null => null }, whyNot);
    }

    /// <summary>A silent node is the active node if the other one runs an unstaked identity. Pure.</summary>
    /// <param name="first">Whether the first node runs the staked identity; null if unknown.</param>
    /// <param name="second">Whether the second node runs the staked identity; null if unknown.</param>
    /// <param name="one">The first node's name.</param>
    /// <param name="other">The second node's name.</param>
    /// <returns>Whether the first node is the active node; or null, and why that is unknown.</returns>
    public static (bool? IsFirst, string? WhyNot) Tell(bool? first, bool? second, string one, string other) => (first, second) switch
    {
        (true, true) => (null, $"{one} and {other} both run the staked identity; check with: tachyon-failover diagnose"),
        (false, false) => (null, $"neither {one} nor {other} runs the staked identity; check with: tachyon-failover diagnose"),
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
