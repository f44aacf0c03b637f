namespace Tachyon.Failover.Mutants;

/// <summary>A safety rule of the library that is broken on purpose. The soak's judge must see it.</summary>
/// <param name="Name">What is broken.</param>
/// <param name="Soak">The options of the soak that must find it.</param>
/// <param name="Edits">The changes of the source.</param>
internal sealed record BrokenRule(string Name, string[] Soak, params BrokenRule.Edit[] Edits)
{
    private static readonly string[] Switchovers = ["--until-broken", "--seeds", "1000"];
    private static readonly string[] Takeovers = ["--takeovers", .. Switchovers];

    // The evidence must fall in the second before the promotion, and the lost node vote again.
    private static readonly string[] Rare = ["--takeovers", "--until-broken", "--seeds", "3000"];

    /// <summary>One for each rule whose loss the decisions' own tests cannot show, because it is kept by a step or by several places.</summary>
    public static IReadOnlyList<BrokenRule> All { get; } =
    [
        new(
            "the seal is left out",
            Switchovers,
            new Edit("Runs/Steps/SealSourceStep.cs", "RemoveVotersAsync() => run.Pair.Source.Host.RemoveAllAuthorizedVotersAsync(CancellationToken.None)", "RemoveVotersAsync() => Task.FromResult(CallResult.Done())")),
        new(
            "the links are moved after the identities",
            Switchovers,
            new Edit("Decisions/Switchover/SwitchoverProtocol.cs", ": state.SourceLink != IdentityRole.Unstaked ? NextMove", ": false ? NextMove")),
        new(
            "no lock is taken",
            Switchovers,
            new Edit("Runs/RunLocks.cs", "string.CompareOrdinal(source.Name, target.Name) < 0 ? (ValidatorNode[])[source, target] : [target, source]", "(ValidatorNode[])[]")),
        new(
            "a lost answer is taken for not done",
            Switchovers,
            new Edit("Decisions/Switchover/RunFacts.cs", "Promotion = observation.Result.Outcome", "Promotion = isDone ? CallOutcome.Done : CallOutcome.NotDone"),
            new Edit("Decisions/Switchover/RunFacts.cs", "TargetIdentity = isDone ? IdentityRole.Staked : null,", "TargetIdentity = isDone ? IdentityRole.Staked : IdentityRole.Unstaked,")),
        new(
            "a stale tower is kept",
            Switchovers,
            new Edit("Runs/Steps/DeliverTowerStep.cs", "run.FinalTower is { } tower", "run.FinalTower is { } tower && run.Leftover is null"),
            new Edit("Runs/Steps/PromoteTargetStep.cs", "run.FinalTower?.File", "requiredTower: null"),
            new Edit("Runs/TargetTrial.cs", "await run.Pair.Towers.MoveAsideAsync(NodeSide.Target, cancellationToken).ConfigureAwait(false)", "CallResult.Done()")),
        new(
            "the last probe is left out",
            Switchovers,
            new Edit("Decisions/Switchover/SwitchoverProtocol.cs", "state.LastProbe is null ? NextMove.Take(FailoverStep.CleanUp, FailoverStep.SeeTargetVote)", "false ? NextMove.Take(FailoverStep.CleanUp)"),
            new Edit("Decisions/Switchover/SwitchoverProtocol.cs", "state.LastProbe is null ? NextMove.Take(FailoverStep.SeeTargetVote)", "false ? NextMove.Take(FailoverStep.SeeTargetVote)"),
            new Edit("Decisions/Switchover/SwitchoverProtocol.cs", "TargetVoters: true, LastProbe.IsDone: true }", "TargetVoters: true }")),
        new(
            "a promotion never goes stale",
            Switchovers,
            new Edit("Runs/Steps/PromoteTargetStep.cs", "OrderLimit.LeftAfter(run.SealAsked!.Value.Age(run.Time))", "null")),
        new(
            "a guard counts that was not heard",
            [.. Takeovers, "--guard-off"],
            new Edit("Runs/EvidenceSearch.cs", "GuardWasHeard = watch.GuardWasHeard", "GuardWasHeard = true")),
        new(
            "the evidence is not assessed again",
            Rare,
            new Edit("Runs/Steps/AssessEvidenceStep.cs", "= await _search.RunAsync(Step, cancellationToken).ConfigureAwait(false)", "= takeover.Evidence ?? await _search.RunAsync(Step, cancellationToken).ConfigureAwait(false)")),
        new(
            "the pending demotion is forgotten",
            Takeovers,
            new Edit("Runs/RunPreflight.cs", "? null : journal.DemotionPendingBy(run.Pair.Target)", "? null : (RunId?)null"),
            new Edit("Runs/PairProbe.cs", "movesLinkFirst ? WithPendingDemotion(journal, pair) : null", "(NodeSide?)null"),
            new Edit("Runs/PairProbe.cs", "HasPendingDemotion = journal.DemotionPendingBy(node) is not null", "HasPendingDemotion = false"),
            new Edit("Runs/PairProbe.cs", "WentElsewhere = journal.WentElsewhere(node)", "WentElsewhere = false")),
        new(
            "a stale tower copy is accepted",
            Takeovers,
            new Edit("Runs/InheritedTowers.cs", "takeover.Landed, run.Leftover", "0, run.Leftover"),
            new Edit("Runs/EvidenceSearch.cs", "run.LastKnownVote is { } last &&", "false && run.LastKnownVote is { } last &&")),
    ];

    /// <summary>One change of the source.</summary>
    /// <param name="File">The file, in the library's folder.</param>
    /// <param name="Before">The code that keeps the rule. The file holds it once.</param>
    /// <param name="After">The code that breaks it.</param>
    internal sealed record Edit(string File, string Before, string After);
}
