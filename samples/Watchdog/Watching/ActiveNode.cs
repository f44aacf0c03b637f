using Tachyon.Failover.Identities;

namespace Tachyon.Failover.Watchdog.Watching;

/// <summary>Which node of a pair is the active one.</summary>
internal static class ActiveNode
{
    /// <summary>Asks both nodes.</summary>
    /// <returns>The pair with the active node as its source; or null, and why it cannot be told.</returns>
    public static async Task<(ValidatorPair? Pair, string? WhyNot)> FindAsync(ValidatorPair oneWay, ValidatorPair otherWay, CancellationToken cancellationToken)
    {
        var asked = await Task.WhenAll(oneWay.Source.Host.GetContactInfoAsync(cancellationToken), oneWay.Target.Host.GetContactInfoAsync(cancellationToken));
        cancellationToken.ThrowIfCancellationRequested();
        var (isFirst, whyNot) = Tell(RunsStaked(asked[0].IsDone, asked[0].Value?.Identity), RunsStaked(asked[1].IsDone, asked[1].Value?.Identity), oneWay.Source.Name, oneWay.Target.Name);
        return (isFirst switch { true => oneWay, false => otherWay, null => null }, whyNot);

        bool? RunsStaked(bool isDone, Pubkey? identity) => isDone && identity is not null ? identity.Equals(oneWay.StakedIdentity) : null;
    }

    /// <summary>A node that does not answer is the active one if the other runs an unstaked identity: that is what a watchdog finds that is started when it is needed. Pure.</summary>
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
}
