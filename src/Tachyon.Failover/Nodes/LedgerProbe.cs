using Tachyon.Failover.Shells;

namespace Tachyon.Failover.Nodes;

/// <summary>The result of a probe of a node's processes and at the admin socket of its ledger. Immutable.</summary>
internal sealed record LedgerProbe
{
    /// <summary>The node's clock when the probe began.</summary>
    public DateTimeOffset? Began { get; private init; }

    /// <summary>The processes of the ledger: the validator, and its launchers with the same arguments.</summary>
    public IReadOnlyList<int> OnLedger { get; private init; } = [];

    /// <summary>The processes of validators whose ledger is unknown.</summary>
    public IReadOnlyList<int> OnUnknownLedger { get; private init; } = [];

    /// <summary>Whether the node shows the processes of all users who could run the validator.</summary>
    public bool ShowsAll { get; private init; }

    /// <summary>Whether the ledger folder exists and may be searched.</summary>
    public bool IsSearchable { get; private init; }

    /// <summary>When the admin socket was created, by the node's clock; null if none is visible.</summary>
    public DateTimeOffset? SocketSince { get; private init; }

    /// <summary>The result of a call to the socket; null if there was none.</summary>
    public CallResult? Asked { get; private init; }

    /// <summary>The script: the processes, the folder, the socket, and then the answer of the validator's program.</summary>
    public static ShellScript Script(ValidatorNodeSettings settings) => ShellScript.Lines(
        NodeInspection.Processes(settings),
        ShellScript.Create(
            $"""
            test ! -d {settings.Ledger}/. || echo "searchable"
            test ! -S {settings.Ledger}/admin.rpc || printf 'socket %s\n' "$(date -r {settings.Ledger}/admin.rpc +%s%N)"
            said=$({NodeTimeLimit.OfCommand(settings.TimeLimits.Command, ShellScript.Create($"{settings.Program} -l {settings.Ledger} contact-info"))} 2>&1)
            printf 'asked %s\n%s\n' $? "$said"
            """));

    /// <summary>Reads the output of the script, or of its first part, <see cref="NodeInspection.Processes"/>.</summary>
    public static LedgerProbe Read(string output, ValidatorNodeSettings settings)
    {
        var (seen, said) = ($"\n{output}".Split("\nasked ", 2) is [var before, var after]) ? (before, after) : (output, null);
        return NodeInspectionReader.ReadLedger(seen, settings) with { Asked = said is null ? null : Recognise(said) };
    }

    /// <summary>Creates a result from what the reader has parsed.</summary>
    public static LedgerProbe Of(IReadOnlyList<StartCommandReader> processes, bool showsAll, bool isSearchable, DateTimeOffset? began, DateTimeOffset? socketSince) => new()
    {
        Began = began,
        OnLedger = [.. processes.Where(process => process.IsOnLedger == true).Select(process => process.Id)],
        OnUnknownLedger = [.. processes.Where(process => process.IsOnLedger is null).Select(process => process.Id)],
        ShowsAll = showsAll,
        IsSearchable = isSearchable,
        SocketSince = socketSince,
    };

    /// <summary>The traces of a validator.</summary>
    /// <param name="before">The probe before a stop. Processes and a socket that are newer belong to another validator. Null if everything counts.</param>
    public ValidatorTraces Traces(LedgerProbe? before) => new()
    {
        HasProcess = OnLedger.Any(process => !CameSince(before, process)) ? true : ShowsAll && OnUnknownLedger.Count == 0 ? false : null,
        AnswersOnSocket = !IsSearchable ? null

            // A validator creates its socket at its start, so the answer comes from the new one.
            : SocketSince > before?.Began && OnLedger.Any(process => CameSince(before, process)) ? false
            : Asked switch
            {
                { IsDone: true } or { Failure: CallFailure.ValidatorStarting } => true,

                // A socket file that exists and that the program does not find is a contradiction. One without a listener is what a killed validator leaves.
                { Failure: CallFailure.ValidatorNotRunning, Detail: { } said } when SocketSince is null || !said.Contains("does not exist", StringComparison.Ordinal) => false,
                _ => null,
            },
    };

    /// <summary>What was seen, for the operator.</summary>
    public string Words(LedgerProbe? before) => string.Join(
        "; ",

        OnLedger.Count > 0 ? string.Join(", ", OnLedger.Select(process => $"process {process}{(CameSince(before, process) ? " was started since" : "")}"))
            : OnUnknownLedger.Count > 0 ? $"process {string.Join(", ", OnUnknownLedger)} is a validator, and its ledger cannot be seen"
            : ShowsAll ? "no process names the ledger"
            : "the processes of other users are hidden",
        !IsSearchable ? "its folder does not exist, or may not be searched"
            : Asked is { IsDone: true } or { Failure: CallFailure.ValidatorStarting } ? "a validator answers on its admin.rpc"
            : Traces(before).AnswersOnSocket == false ? "no validator answers on its admin.rpc"
            : $"it is unknown whether a validator answers on its admin.rpc ({Asked?.Detail ?? "it was not asked"})");

    private static bool CameSince(LedgerProbe? before, int process) => before is not null && !before.OnLedger.Contains(process);

    private static CallResult Recognise(string said)
    {
        var (status, words) = said.Split('\n', 2) is [var first, var rest] ? (first, rest.TrimEnd('\n')) : (said, "");
        return int.TryParse(status, System.Globalization.CultureInfo.InvariantCulture, out var number)
            ? ValidatorWords.Recognise(ScriptAnswer.Answered(number, words))
            : CallResult.Unknown(CallFailure.Unrecognized, said);
    }
}
