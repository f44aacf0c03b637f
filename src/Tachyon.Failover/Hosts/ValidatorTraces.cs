namespace Tachyon.Failover.Hosts;

/// <summary>
/// What was seen that tells whether a validator runs on a ledger. The one place that says "none runs there": a single thing that is not found is a look that failed, and never that sentence.
/// Pure; immutable. A fact that is null is not known.
/// </summary>
internal sealed record ValidatorTraces
{
    /// <summary>Whether a process of the ledger was seen. False only if the look shows the processes of everybody who could run it.</summary>
    public bool? HasProcess { get; init; }

    /// <summary>Whether somebody answers on the ledger's admin socket, if only that it is starting. False only if nobody does, in a ledger folder that can be searched: a client says "does not exist" of one that is closed to it, too.</summary>
    public bool? AnswersOnSocket { get; init; }

    /// <summary>Whether the validator's own RPC answers.</summary>
    public bool AnswersOnRpc { get; init; }

    /// <summary>Whether a new tower was saved while it was looked at.</summary>
    public bool SavesTowers { get; init; }

    /// <summary>Whether a validator runs. One trace of it is enough for yes; no takes two independent things that agree, the processes and the socket. Everything else is not known.</summary>
    public bool? Runs =>
        HasProcess == true || AnswersOnSocket == true || AnswersOnRpc || SavesTowers ? true
        : HasProcess == false && AnswersOnSocket == false ? false
        : null;
}
