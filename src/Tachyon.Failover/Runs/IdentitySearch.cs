using Tachyon.Failover.Decisions;
using Tachyon.Failover.Runtime;

namespace Tachyon.Failover.Runs;

/// <summary>Finds out where the staked identity is, for a result that is about to be returned.</summary>
internal static class IdentitySearch
{
    // What a result says of a node is never older than this.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);
    private const int Tries = 3;

    /// <summary>
    /// Asks both nodes at once which identity they run now: all earlier reads may be an hour old. A node that does not answer within the limit counts as unknown.
    /// </summary>
    public static async Task<IdentityLocation> LocateAsync(ValidatorPair pair, TimeProvider time)
    {
        for (var tries = 0; tries < Tries; tries++)
        {
            var asked = Moment.Now(time);
            var source = RunsStakedAsync(pair, NodeSide.Source, time);
            var target = RunsStakedAsync(pair, NodeSide.Target, time);
            var place = Whereabouts.Of(await source.ConfigureAwait(false), await target.ConfigureAwait(false));

            // This machine may have slept since it asked. Its timers slept too, so the limit did not end the call.
            if (asked.Age(time) <= Limit + Limit)
            {
                return place;
            }
        }

        return IdentityLocation.Unknown;
    }

    private static async Task<bool?> RunsStakedAsync(ValidatorPair pair, NodeSide side, TimeProvider time)
    {
        var runs = await BoundedCall.ReadAsync(
            async _ => (await NodeProbe.IdentityOfAsync(pair.On(side)).ConfigureAwait(false)).Identity is { } identity ? CallResult.Read(identity) : CallResult.Unknown(CallFailure.Unrecognized),
            Limit,
            time).ConfigureAwait(false);
        return runs.Value?.Equals(pair.StakedIdentity);
    }
}
