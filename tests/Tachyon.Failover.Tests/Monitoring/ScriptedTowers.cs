using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Tachyon.Failover.Towers;

namespace Tachyon.Failover.Tests.Monitoring;

/// <summary>A feed of towers, and a store for the newest, that behave as ordered.</summary>
internal sealed class ScriptedTowers : ITowerTransport, ITowerCopyStore
{
    private Channel<TowerFile> _feed = NewFeed();
    private TaskCompletionSource? _held;

    /// <summary>How often the feed was begun.</summary>
    public int Feeds { get; private set; }

    /// <summary>The stored towers, in order.</summary>
    public List<TowerFile> Stored { get; } = [];

    public TowerFile? Kept { get; set; }

    /// <summary>The result of storing, and of reading.</summary>
    public ScriptedAnswer Answer { get; set; }

    public bool IsOrderedWithHost => true;

    public void Save(TowerFile tower) => _feed.Writer.TryWrite(tower);

    /// <summary>The feed ends, or breaks.</summary>
    public void EndFeed(Exception? exception = null)
    {
        var feed = _feed;
        _feed = NewFeed();
        feed.Writer.TryComplete(exception);
    }

    /// <summary>Stores block until they are released.</summary>
    public void Hold() => _held = new TaskCompletionSource();

    public void LetGo()
    {
        var held = _held;
        _held = null;
        held?.TrySetResult();
    }

    public async IAsyncEnumerable<TowerFile> StreamAsync(NodeSide node, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        Feeds++;
        var feed = _feed;
        while (await feed.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
        {
            while (feed.Reader.TryRead(out var tower))
            {
                yield return tower;
            }
        }
    }

    public async Task<CallResult> StoreAsync(TowerFile tower, CancellationToken cancellationToken = default)
    {
        if (_held is { } held)
        {
            await held.Task.ConfigureAwait(false);
        }

        if (Answer == ScriptedAnswer.Throws)
        {
            throw new InvalidOperationException("unexpected");
        }

        if (Answer != ScriptedAnswer.Comes)
        {
            return CallResult.NotDone(CallFailure.DiskFull);
        }

        Stored.Add(tower);
        Kept = tower;
        return CallResult.Done();
    }

    Task<CallResult<TowerFile>> ITowerCopyStore.ReadAsync(CancellationToken cancellationToken) => Task.FromResult<CallResult<TowerFile>>(
        Answer != ScriptedAnswer.Comes ? CallResult.NotDone(CallFailure.Unreachable) : Kept is { } kept ? kept : CallResult.NotDone(CallFailure.TowerMissing));

    public Task<CallResult> AwaitVoteAsync(TimeSpan silence, bool sinceLastWait, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<CallResult<TowerFile>> ReadAsync(NodeSide node, TimeSpan drain, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<CallResult> DeliverAsync(TowerFile tower, bool trial, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<CallResult> MoveAsideAsync(NodeSide node, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    // The writer continues on the reader's thread, so that a test needs no threads.
    private static Channel<TowerFile> NewFeed() => Channel.CreateUnbounded<TowerFile>(new UnboundedChannelOptions { AllowSynchronousContinuations = true, SingleReader = true });
}
