using Tachyon.Failover.Shells;

namespace Tachyon.Failover.Hosts;

/// <summary>What a look at a node's processes, and at the admin socket of the ledger in the settings, showed. Immutable.</summary>
internal sealed record LedgerLook
{
    /// <summary>The node's clock when the look began.</summary>
    public DateTimeOffset? Began { get; private init; }

    /// <summary>The processes of the ledger: the validator, and what has started it with the same arguments.</summary>
    public IReadOnlyList<int> OnLedger { get; private init; } = [];

    /// <summary>Those of validators whose ledger cannot be told.</summary>
    public IReadOnlyList<int> OnUnknownLedger { get; private init; } = [];

    /// <summary>Whether the node shows the processes of everybody who could run the validator.</summary>
    public bool ShowsAll { get; private init; }

    /// <summary>Whether the ledger folder is there, and may be searched.</summary>
    public bool IsSearchable { get; private init; }

    /// <summary>When the admin socket was made, by the node's clock; null if there is none, or it is not to be seen.</summary>
    public DateTimeOffset? SocketSince { get; private init; }

    /// <summary>What came of asking at the socket; null if it was not asked.</summary>
    public CallResult? Asked { get; private init; }

    /// <summary>The script: the processes, the folder, the socket, and then what the validator's program says of it.</summary>
    public static ShellScript Script(ValidatorNodeSettings settings) => ShellScript.Lines(
        NodeInspection.Processes(settings),
        ShellScript.Create(
            $"""
            test ! -d {settings.Ledger}/. || echo "searchable"
            test ! -S {settings.Ledger}/admin.rpc || echo "socket $(date -r {settings.Ledger}/admin.rpc +%s%N)"
            said=$(timeout -k 1 {PosixText.Seconds(settings.TimeLimits.Command)} {settings.Program} -l {settings.Ledger} contact-info 2>&1)
            echo "asked $?"
            printf '%s\n' "$said"
            """));

    /// <summary>Reads what the script, or its first part, <see cref="NodeInspection.Processes"/>, prints.</summary>
    public static LedgerLook Read(string output, ValidatorNodeSettings settings)
    {
        var (seen, said) = ($"\n{output}".Split("\nasked ", 2) is [var before, var after]) ? (before, after) : (output, null);
        return NodeInspectionReader.ReadLedger(seen, settings) with { Asked = said is null ? null : Recognise(said) };
    }

    /// <summary>The look that the reader has filled in.</summary>
    public static LedgerLook Of(IReadOnlyList<StartCommandReader> processes, bool showsAll, bool isSearchable, DateTimeOffset? began, DateTimeOffset? socketSince) => new()
    {
        Began = began,
        OnLedger = [.. processes.Where(process => process.IsOnLedger == true).Select(process => process.Id)],
        OnUnknownLedger = [.. processes.Where(process => process.IsOnLedger is null).Select(process => process.Id)],
        ShowsAll = showsAll,
        IsSearchable = isSearchable,
        SocketSince = socketSince,
    };

    /// <summary>The traces of a validator.</summary>
    /// <param name="before">A look before a stop: what has come since, by the numbers of the processes and by the time of the socket, is another validator. Null if everything counts.</param>
    public ValidatorTraces Traces(LedgerLook? before) => new()
    {
        HasProcess = OnLedger.Any(process => !CameSince(before, process)) ? true : ShowsAll && OnUnknownLedger.Count == 0 ? false : null,
        AnswersOnSocket = !IsSearchable ? null

            // A validator makes its socket anew at its start: who answers there is the new one.
            : SocketSince > before?.Began && OnLedger.Any(process => CameSince(before, process)) ? false
            : Asked switch
            {
                { IsDone: true } or { Failure: CallFailure.ValidatorStarting } => true,

                // A file that is there and that the program does not find is a contradiction. One at which nobody listens any more is what a killed validator leaves.
                { Failure: CallFailure.ValidatorNotRunning, Detail: { } said } when SocketSince is null || !said.Contains("does not exist", StringComparison.Ordinal) => false,
                _ => null,
            },
    };

    /// <summary>What was seen, for a person.</summary>
    public string Words(LedgerLook? before) => string.Join(
        "; ",

        OnLedger.Count > 0 ? string.Join(", ", OnLedger.Select(process => $"process {process}{(CameSince(before, process) ? " was started since" : "")}"))
            : OnUnknownLedger.Count > 0 ? $"process {string.Join(", ", OnUnknownLedger)} is a validator, and which ledger it has cannot be seen"
            : ShowsAll ? "no process names the ledger"
            : "the processes of other users are hidden",
        !IsSearchable ? "its folder does not exist, or may not be searched"
            : Asked is { IsDone: true } or { Failure: CallFailure.ValidatorStarting } ? "somebody answers on its admin.rpc"
            : Traces(before).AnswersOnSocket == false ? "nobody answers on its admin.rpc"
            : $"whether anybody answers on its admin.rpc is not known ({Asked?.Detail ?? "it was not asked"})");

    private static bool CameSince(LedgerLook? before, int process) => before is not null && !before.OnLedger.Contains(process);

    private static CallResult Recognise(string said)
    {
        var (status, words) = said.Split('\n', 2) is [var first, var rest] ? (first, rest.TrimEnd('\n')) : (said, "");
        return int.TryParse(status, System.Globalization.CultureInfo.InvariantCulture, out var number)
            ? ValidatorWords.Recognise(ScriptAnswer.Answered(number, words))
            : CallResult.Unknown(CallFailure.Unrecognised, said);
    }
}
