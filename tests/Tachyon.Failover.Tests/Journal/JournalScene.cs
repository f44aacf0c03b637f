using Tachyon.Failover.Journal;
using Tachyon.Failover.Nodes;
using Tachyon.Failover.Preflight;
using Tachyon.Failover.Decisions;
using Tachyon.Failover.Runs;
using Tachyon.Failover.Testing.Keypairs;
using Tachyon.Failover.Tests.Preflight;
using Xunit;

namespace Tachyon.Failover.Tests.Journal;

/// <summary>A journal, and the reading of it for pairs of nodes with any names.</summary>
internal sealed class JournalScene
{
    private readonly ValidatorPair _any = new PreflightScene().Pair;

    public InMemoryFailoverJournal Journal { get; } = new();

    /// <summary>The same journal with other words for the operator.</summary>
    public async Task<JournalScene> WithOtherWordsAsync(Random random)
    {
        string?[] words = [null, "takeover", "recovery", "Refused, identity at Source", "Completed, identity at Target", "RolledBack"];
        var other = new JournalScene();
        await foreach (var entry in Journal.ReadEntriesAsync(TestContext.Current.CancellationToken))
        {
            await other.Journal.AppendEntriesAsync([entry with { Detail = words[random.Next(words.Length)] }], TestContext.Current.CancellationToken);
        }

        return other;
    }

    private FailoverOptions Options => new() { Journal = Journal };

    public static Pubkey KeyOf(int node) => ValidatorKeypair.Generate(1, $"own {node}").Pubkey;

    /// <summary>The pair of two nodes with their names in the settings.</summary>
    public ValidatorPair Pair(string source, string target) => _any with { Source = _any.Source with { Name = source }, Target = _any.Target with { Name = target } };

    /// <summary>An entry without the nodes' own identities.</summary>
    public void Earlier(string run, JournalEvent what, string source, string target, string? step = null, RunKind? kind = null, FailoverOutcome? outcome = null) => Journal.AppendEntriesAsync(
        [new JournalEntry { At = DateTimeOffset.UnixEpoch, RunId = RunId.Parse(run), Kind = kind, Outcome = outcome, Event = what, Source = source, Target = target, Step = step, StakedIdentity = _any.StakedIdentity.ToString() }]).GetAwaiter().GetResult();

    /// <summary>A run's journal, as the run itself writes it.</summary>
    /// <param name="pair">Its pair.</param>
    /// <param name="source">The source's own identity; null if it was not seen.</param>
    /// <param name="target">The target's own identity; null if it was not seen.</param>
    public RunJournal Write(ValidatorPair pair, Pubkey? source, Pubkey? target) => new(Options, pair, TimeProvider.System)
    {
        Seen = side => side == NodeSide.Source ? new JournalNode(pair.Source.Name, source?.ToString()) : new JournalNode(pair.Target.Name, target?.ToString()),
    };

    /// <summary>The reading of a run with a pair, after it has seen the nodes' own identities.</summary>
    public JournalReading Read(ValidatorPair pair, Pubkey? source = null, Pubkey? target = null)
    {
        var look = JournalReading.ReadAsync(Options, pair, RunId.Parse("another-run"), TimeProvider.System, TestContext.Current.CancellationToken).GetAwaiter().GetResult();
        return look.Meeting(Seen(NodeSide.Source, pair.Source.Name, source), Seen(NodeSide.Target, pair.Target.Name, target));
    }

    private static NodeSurvey Seen(NodeSide side, string name, Pubkey? own) => new()
    {
        Side = side,
        Name = name,
        ContactInfo = Survey.NotAsked,
        Link = Survey.NotAsked,
        Tower = Survey.NotAsked,
        Inspection = new ValidatorInspection { UnstakedIdentity = own },
    };
}
