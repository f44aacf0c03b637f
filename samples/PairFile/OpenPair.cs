using Tachyon.Failover.Journal;

namespace Tachyon.Failover.Pairs;

/// <summary>A pair that can be spoken to.</summary>
internal sealed class OpenPair(ValidatorPair fromFirst, ValidatorPair fromSecond, IFailoverJournal journal, IReadOnlyList<IAsyncDisposable> parts) : IAsyncDisposable
{
    public IFailoverJournal Journal => journal;

    /// <summary>The direction that ends at a node; from the first to the second if none is said.</summary>
    public ValidatorPair To(string? target) => target == fromFirst.Source.Name ? fromSecond : fromFirst;

    /// <summary>The last part first.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var part in parts.Reverse())
        {
            await part.DisposeAsync();
        }
    }
}
