using Tachyon.Failover.Decisions;
using Tachyon.Failover.Journal;

namespace Tachyon.Failover;

/// <summary>Why a silence must not lead to a takeover: an operator announced it, or a takeover was done recently. If either cannot be read, that is a reason as well.</summary>
internal sealed class TakeoverVetoes(MonitorOptions options, Pubkey stakedIdentity, TimeProvider time)
{
    /// <summary>A sentence for the operator; null if there is no reason. Throws nothing, and takes at most the time of a reading.</summary>
    public async Task<string?> AskAsync(CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(options.ReadTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        var paused = WithinAsync("whether a pause is announced", PauseAsync(either.Token), either.Token);
        var locked = WithinAsync("when the last takeover was", LockoutAsync(either.Token), either.Token);
        return await paused.ConfigureAwait(false) ?? await locked.ConfigureAwait(false);
    }

    private static async Task<string?> WithinAsync(string what, Task<string?> asked, CancellationToken cancellationToken)
    {
        try
        {
            return await asked.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // An embedder's part may throw anything.
            return $"{what} cannot be read: {(exception is OperationCanceledException ? "no answer in time" : exception.Message)}";
        }
    }

    private async Task<string?> PauseAsync(CancellationToken cancellationToken) =>
        options.Pause is { } pause && await pause.ReadAsync(cancellationToken).ConfigureAwait(false) is { } announced && time.GetUtcNow() < announced.Until
            ? announced.ToString()
            : null;

    private async Task<string?> LockoutAsync(CancellationToken cancellationToken)
    {
        if (options.Journal is not { } journal || options.CoolDown == TimeSpan.Zero)
        {
            return null;
        }

        var takeovers = new HashSet<RunId>();
        var promoted = new Dictionary<RunId, DateTimeOffset>();
        await foreach (var entry in journal.ReadEntriesAsync(cancellationToken).ConfigureAwait(false))
        {
            if (entry.Event == JournalEvent.Begun && entry.Kind == RunKind.Takeover && (entry.StakedIdentity is null || entry.StakedIdentity == stakedIdentity.ToString()))
            {
                takeovers.Add(entry.RunId);
            }
            else if (entry.Event is JournalEvent.Intent or JournalEvent.Done && PromotesTarget(entry) && takeovers.Contains(entry.RunId))
            {
                promoted[entry.RunId] = entry.At;
            }
            else if (entry.Event == JournalEvent.NotDone && PromotesTarget(entry))
            {
                // If its answer was lost, its result is unknown: it may have promoted.
                promoted.Remove(entry.RunId);
            }
        }

        // A time in the future comes from a clock that is ahead. It counts as just now.
        return promoted.Count > 0 && promoted.Values.Max() is var at && time.GetUtcNow() - at < options.CoolDown
            ? FormattableString.Invariant($"a takeover was done at {at.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC, and no other one is considered for {options.CoolDown.TotalMinutes:0.#} min")
            : null;
    }

    private static bool PromotesTarget(JournalEntry entry) => StepTable.Find(entry.Step)?.Journal == JournalEffect.PromotesTarget;
}
