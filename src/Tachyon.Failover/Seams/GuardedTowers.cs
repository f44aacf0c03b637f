using System.Runtime.CompilerServices;
using Tachyon.Failover.Towers;

namespace Tachyon.Failover.Seams;

/// <summary>A tower transport whose exceptions are results. A stream that throws is a stream that ends.</summary>
internal sealed class GuardedTowers(ITowerTransport inner) : ITowerTransport
{
    public bool IsOrderedWithHost { get; } = KeepsOrder(inner);

    public async IAsyncEnumerable<TowerFile> StreamAsync(NodeSide node, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var towers = Begin(node, cancellationToken);
        try
        {
            while (towers is not null && await MoveNextAsync(towers).ConfigureAwait(false) is { } tower)
            {
                yield return tower;
            }
        }
        finally
        {
            await EndAsync(towers).ConfigureAwait(false);
        }
    }

    public Task<CallResult> AwaitVoteAsync(TimeSpan silence, bool sinceLastWait, CancellationToken cancellationToken = default) =>
        GuardedCall.RunAsync(() => inner.AwaitVoteAsync(silence, sinceLastWait, cancellationToken), cancellationToken);

    public Task<CallResult<TowerFile>> ReadAsync(NodeSide node, TimeSpan drain, CancellationToken cancellationToken = default) =>
        GuardedCall.ReadAsync(() => inner.ReadAsync(node, drain, cancellationToken), cancellationToken);

    public Task<CallResult> DeliverAsync(TowerFile tower, bool trial, CancellationToken cancellationToken = default) =>
        GuardedCall.RunAsync(() => inner.DeliverAsync(tower, trial, cancellationToken), cancellationToken);

    public Task<CallResult> MoveAsideAsync(NodeSide node, CancellationToken cancellationToken = default) =>
        GuardedCall.RunAsync(() => inner.MoveAsideAsync(node, cancellationToken), cancellationToken);

    private static bool KeepsOrder(ITowerTransport inner)
    {
        try
        {
            return inner.IsOrderedWithHost;
        }
        catch (Exception)
        {
            // Without this promise each step waits for the previous one, which is slower and as safe.
            return false;
        }
    }

    private IAsyncEnumerator<TowerFile>? Begin(NodeSide node, CancellationToken cancellationToken)
    {
        try
        {
            return inner.StreamAsync(node, cancellationToken).GetAsyncEnumerator(cancellationToken);
        }
        catch (Exception)
        {
            return null;
        }
    }

    private static async ValueTask<TowerFile?> MoveNextAsync(IAsyncEnumerator<TowerFile> towers)
    {
        try
        {
            return await towers.MoveNextAsync().ConfigureAwait(false) ? towers.Current : null;
        }
        catch (Exception)
        {
            return null;
        }
    }

    private static async ValueTask EndAsync(IAsyncEnumerator<TowerFile>? towers)
    {
        try
        {
            if (towers is not null)
            {
                await towers.DisposeAsync().ConfigureAwait(false);
            }
        }
        catch (Exception)
        {
            // The stream has ended.
        }
    }
}
