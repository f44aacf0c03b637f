namespace Tachyon.Failover.Cli;

/// <summary>The exit codes of the program. Scripts depend on the numbers: they are only added to.</summary>
internal static class ExitCode
{
    public const int Done = 0;
    public const int Refused = 2;
    public const int RolledBack = 3;
    public const int Indeterminate = 4;
    public const int SomethingToDo = 5;
    public const int Usage = 64;
    public const int Broken = 70;
    public const int Cancelled = 130;

    /// <summary>All exit codes in words, for <c>--help</c> and the README.</summary>
    public static IReadOnlyList<(int Code, string Meaning)> All { get; } =
    [
        (Done, "done; or there was nothing to do"),
        (Refused, "refused, and nothing was moved: the preflight found a reason, the evidence is too little for a takeover, no restart window opened, or another coordinator is at work"),
        (RolledBack, "rolled back: something went wrong before the promotion, or it was canceled; the source has the identity back, and votes again if it can"),
        (Indeterminate, "indeterminate: the operator must check; the output names the commands; for watch: it is unknown whether votes land, and the output says why"),
        (SomethingToDo, "done, but something is left to do, and the output names it, such as a pending demotion of the lost node (complete-demotion); for recover and complete-demotion: or the identity stays at another node than --to names; for status and diagnose: a recovery would change something; for watch: votes do not land"),
        (Usage, "wrong arguments or a wrong pair file; no node was contacted, except by the command watch, which may find that it needs --to"),
        (Broken, "this program itself failed; run diagnose"),
        (Cancelled, "canceled before anything was changed (Ctrl-C, or no at the question)"),
    ];
}
