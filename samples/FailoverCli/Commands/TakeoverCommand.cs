using System.CommandLine;
using Tachyon.Failover.Cli.Screens;
using Tachyon.Failover.Pairs;

namespace Tachyon.Failover.Cli.Commands;

/// <summary>Takes the staked identity from a lost node.</summary>
internal sealed class TakeoverCommand : FailoverCommand
{
    private readonly Option<string?> _leastGrade = new("--least-grade") { Description = "The least evidence that the lost node is not voting and cannot resume; asserted needs --assert. Goes before the pair file.", HelpName = "fenced|observed|asserted" };
    private readonly Option<string?> _assert = new("--assert") { Description = "Why you are sure that the lost node cannot vote. Kept in the journal and the result.", HelpName = "reason" };
    private readonly Option<string?> _tower = new("--tower") { Description = "Which tower to vote with: the lost node's own, or also the tower copy (copy), or also one that is made from the chain. Goes before the pair file.", HelpName = "own|copy|from-chain" };
    private readonly Option<bool> _noStop = new("--no-stop") { Description = "Do not stop the lost node's validator, even if it cannot be demoted." };

    public TakeoverCommand(Surroundings surroundings)
        : base("takeover", "Take the staked identity from a node that is lost, hung or cut off. Shows the evidence that the node does not vote, and asks, unless --yes is given.", surroundings)
    {
        _leastGrade.AcceptOnlyFromAmong("fenced", "observed", "asserted");
        _tower.AcceptOnlyFromAmong("own", "copy", "from-chain");
        Add(CommonOptions.To("The node that is to get the staked identity from the other, which is lost."));
        Add(CommonOptions.Yes);
        Add(_leastGrade);
        Add(_assert);
        Add(_tower);
        Add(_noStop);
    }

    protected override async Task<int> RunAsync(CommandRun run)
    {
        var yes = run.Parsed.GetValue(CommonOptions.Yes);
        run.RequireSomebodyToAsk(yes);
        var file = run.ReadPair();
        var target = run.Target(file) ?? throw new UsageException(
            $"takeover needs --to: a lost node cannot be asked which way it goes. Give --to {file.First.Validator.Name} or --to {file.Second.Validator.Name}");
        var policy = Policy(run, file);
        if (policy.MinimumGrade == EvidenceGrade.Observed && file.WhyTooFewWitnesses is { } few)
        {
            throw new UsageException(few);
        }

        await using var open = run.Open(file);
        var (pair, coordinator) = (open.To(target), run.Coordinator(file, open));
        var options = file.Daemon.Monitor;
        options.Rules = policy.Detection;
        options.KeepsTowerCopy = false;
        await using var watch = new ValidatorMonitor(pair, options, timeProvider: run.Time);
        if (!yes)
        {
            run.Say($"Reading the cluster, and trying {pair.Source.Name} …");
            run.Say(EvidenceTable.Of(await coordinator.AssessEvidenceAsync(pair, policy, watch, run.GivenUp), policy, pair.Source.Name));
            await run.ConfirmAsync($"Take the staked identity from {pair.Source.Name} and give it to {pair.Target.Name}?", pair.Target.Name, orYes: false);
        }

        FailoverResult result;
        await using (var screen = ProgressScreen.Open(run, file, pair, RunKind.Takeover))
        {
            result = await coordinator.TakeoverAsync(pair, policy, watch, screen, run.GivenUp);
        }

        var wasGivenUp = run.Surroundings.Interrupts.Any;
        var evidence = result is { Evidence: { } weighed, Outcome: not FailoverOutcome.Completed } ? $"{Environment.NewLine}{EvidenceTable.Of(weighed, policy, pair.Source.Name)}" : "";
        var next = result.PendingDemotions.Count == 0 ? "" : $"{Environment.NewLine}When {pair.Source.Name} is back, run: tachyon-failover complete-demotion --to {pair.Target.Name} --pair {file.Path}";
        run.Answer($"{FailoverAnswer.TextOf(result, wasGivenUp)}{evidence}{next}", result.ToJson());
        return FailoverAnswer.CodeOf(result, wasGivenUp);
    }

    private TakeoverPolicy Policy(CommandRun run, PairFile file)
    {
        var policy = file.Daemon.Policy;
        var reason = run.Parsed.GetValue(_assert);
        policy.MinimumGrade = run.Parsed.GetValue(_leastGrade) switch
        {
            "fenced" => EvidenceGrade.Fenced,
            "observed" => EvidenceGrade.Observed,
            "asserted" => EvidenceGrade.Asserted,
            _ => policy.MinimumGrade,
        };
        policy.OperatorStatement = reason;
        policy.Tower = run.Parsed.GetValue(_tower) switch
        {
            "own" => TakeoverTower.FromNode,
            "copy" => TakeoverTower.FromCopy,
            "from-chain" => TakeoverTower.FromChain,
            _ => policy.Tower,
        };
        policy.AllowStop &= !run.Parsed.GetValue(_noStop);
        return policy switch
        {
            { OperatorStatement: not null } when string.IsNullOrWhiteSpace(reason) => throw new UsageException("--assert is empty. Say why the lost node cannot vote, or leave it out"),
            { OperatorStatement: not null, MinimumGrade: not EvidenceGrade.Asserted } => throw new UsageException("--assert counts for nothing while more is asked for. Give --least-grade asserted as well, or leave it out"),
            { OperatorStatement: null, MinimumGrade: EvidenceGrade.Asserted } => throw new UsageException("--least-grade asserted needs --assert. Say why the lost node cannot vote"),
            _ => policy,
        };
    }
}
