using Tachyon.Failover.Journal;

namespace Tachyon.Failover.Pairs;

/// <summary>A pair whose nodes can be reached.</summary>
internal sealed class OpenPair(ValidatorPair fromFirst, ValidatorPair fromSecond, IFailoverJournal journal, IReadOnlyList<IAsyncDisposable> parts) : IAsyncDisposable
{
    public IFailoverJournal Journal => journal;

    /// <summary>The direction that ends at a node; without a node, from the first to the second.</summary>
    public ValidatorPair To(string? target) => target == fromFirst.Source.Name ? fromSecond : fromFirst;

    /// <summary>Disposes the parts in reverse order.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var part in parts.Reverse())
        {
            await part.DisposeAsync();
        }
    }
}
