using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Security.Cryptography;

namespace Tachyon.Failover.Mutants;

/// <summary>Runs the tests with one mutant after the other, several at a time.</summary>
internal sealed class MutantHunt : IDisposable
{
    private readonly Library _library;
    private readonly List<TestRun> _all;
    private readonly ConcurrentBag<TestRun> _free;
    private readonly ConcurrentDictionary<string, byte> _seen = new(StringComparer.Ordinal);

    public MutantHunt(Library library, string testFolder, int atATime)
    {
        _library = library;
        _all = [.. Enumerable.Range(0, atATime).Select(_ => new TestRun(testFolder))];
        _free = [.. _all];
        _seen.TryAdd(Fingerprint(library.Unchanged), 0);
    }

    public Task<bool> PassesUnchangedAsync() => _all[0].PassesAsync(_library.Unchanged);

    /// <summary>How many had which fate.</summary>
    /// <param name="mutants">The mutants.</param>
    /// <param name="told">Called for each mutant, one after the other.</param>
    public async Task<IReadOnlyDictionary<Fate, int>> RunAsync(IEnumerable<Mutant> mutants, Action<Mutant, Fate> told)
    {
        var fates = new Dictionary<Fate, int>();
        var running = new ParallelOptions { MaxDegreeOfParallelism = _all.Count };
        await Parallel.ForEachAsync(mutants, running, async (mutant, _) =>
        {
            var fate = await FateOfAsync(mutant).ConfigureAwait(false);
            lock (fates)
            {
                fates[fate] = fates.GetValueOrDefault(fate) + 1;
                told(mutant, fate);
            }
        }).ConfigureAwait(false);
        return fates;
    }

    public void Dispose() => _all.ForEach(run => run.Dispose());

    private async Task<Fate> FateOfAsync(Mutant mutant)
    {
        if (Equivalents.All.ContainsKey(mutant.Name))
        {
            return Fate.Equivalent;
        }

        if (_library.With(mutant) is not { } library)
        {
            return Fate.DoesNotCompile;
        }

        if (!_seen.TryAdd(Fingerprint(library), 0))
        {
            return Fate.SameCode;
        }

        _free.TryTake(out var run);
        try
        {
            return await run!.PassesAsync(library).ConfigureAwait(false) ? Fate.Survived : Fate.Killed;
        }
        finally
        {
            _free.Add(run!);
        }
    }

    private static string Fingerprint(ImmutableArray<byte> library) => Convert.ToHexString(SHA256.HashData(library.AsSpan()));
}
