namespace Tachyon.Failover.Nodes;

/// <summary>
/// The traces that show whether a validator runs on a ledger. Only this type decides "none runs there": a single missing trace is a failed probe, never that answer.
/// Pure; immutable. A null fact is unknown.
/// </summary>
internal sealed record ValidatorTraces
{
    /// <summary>Whether a process of the ledger was seen. False only if the probe shows the processes of all users who could run it.</summary>
    public bool? HasProcess { get; init; }

    /// <summary>Whether a validator answers on the ledger's admin socket, even one that is starting. False only without an answer in a folder that can be searched: a client reports "does not exist" for a folder without access, too.</summary>
    public bool? AnswersOnSocket { get; init; }

    /// <summary>Whether the validator's own RPC answers.</summary>
    public bool AnswersOnRpc { get; init; }

    /// <summary>Whether a new tower was saved during the probe.</summary>
    public bool SavesTowers { get; init; }

    /// <summary>Whether a validator runs. One trace is enough for yes; no requires that processes and socket agree. Otherwise null.</summary>
    public bool? Runs =>
        HasProcess == true || AnswersOnSocket == true || AnswersOnRpc || SavesTowers ? true
        : HasProcess == false && AnswersOnSocket == false ? false
        : null;
}
