using System.Runtime.CompilerServices;
using Tachyon.Failover.Journal;

namespace Tachyon.Failover.Seams;

/// <summary>A journal that throws only <see cref="IOException"/>, or for its caller's own cancellation.</summary>
internal sealed class GuardedJournal(IFailoverJournal inner) : IFailoverJournal
{
    /// <summary>An exception counts as false.</summary>
    public bool OutlivesProcess
    {
        get
        {
            try
            {
                return inner.OutlivesProcess;
            }
            catch (Exception)
            {
                return false;
            }
        }
    }

    public async Task AppendAsync(IReadOnlyList<string> lines, CancellationToken cancellationToken = default)
    {
        try
        {
            await inner.AppendAsync(lines, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (IsToBeTold(exception, cancellationToken))
        {
            throw Told(exception);
        }
    }

    public async IAsyncEnumerable<string> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var lines = Guarded(() => inner.ReadAsync(cancellationToken).GetAsyncEnumerator(cancellationToken), cancellationToken);
        try
        {
            while (await NextAsync(lines, cancellationToken).ConfigureAwait(false) is { } line)
            {
                yield return line;
            }
        }
        finally
        {
            await EndAsync(lines, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async ValueTask<string?> NextAsync(IAsyncEnumerator<string> lines, CancellationToken cancellationToken)
    {
        try
        {
            return await lines.MoveNextAsync().ConfigureAwait(false) ? lines.Current : null;
        }
        catch (Exception exception) when (IsToBeTold(exception, cancellationToken))
        {
            throw Told(exception);
        }
    }

    private static async ValueTask EndAsync(IAsyncEnumerator<string> lines, CancellationToken cancellationToken)
    {
        try
        {
            await lines.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception exception) when (IsToBeTold(exception, cancellationToken))
        {
            throw Told(exception);
        }
    }

    private static T Guarded<T>(Func<T> call, CancellationToken cancellationToken)
    {
        try
        {
            return call();
        }
        catch (Exception exception) when (IsToBeTold(exception, cancellationToken))
        {
            throw Told(exception);
        }
    }

    private static bool IsToBeTold(Exception exception, CancellationToken cancellationToken) => exception is not IOException && !GuardedCall.IsCancellation(exception, cancellationToken);

    private static IOException Told(Exception exception) => new(exception.Message, exception);
}
