namespace Tachyon.Failover.Cli.Commands;

/// <summary>Prints the state of the pair.</summary>
internal sealed class DiagnoseCommand : FailoverCommand
{
    public DiagnoseCommand(Surroundings surroundings)
        : base("diagnose", "Say which node votes, and what a recovery would do. Changes nothing.", surroundings)
    {
    }

    /// <summary>The exit code of a diagnosis. The status command uses it as well.</summary>
    public static int CodeOf(PairDiagnosis diagnosis) => diagnosis.Action switch
    {
        RecoveryAction.NothingToDo => ExitCode.Done,
        RecoveryAction.AskOperator => ExitCode.Indeterminate,
        _ => ExitCode.SomethingToDo,
    };

    public static string TextOf(PairDiagnosis diagnosis) => $"Source: {diagnosis.Source.Name}, target: {diagnosis.Target.Name}{Environment.NewLine}{diagnosis}";

    protected override async Task<int> RunAsync(CommandRun run)
    {
        var file = run.ReadPair();
        await using var open = run.Open(file);
        var diagnosis = await run.Coordinator(file, open).DiagnoseAsync(open.To(null), run.GivenUp);
        run.Answer(TextOf(diagnosis), diagnosis.ToJson());
        return CodeOf(diagnosis);
    }
}
