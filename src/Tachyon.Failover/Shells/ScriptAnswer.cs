namespace Tachyon.Failover.Shells;

/// <summary>The answer of a script that was run in a node's session.</summary>
internal sealed record ScriptAnswer
{
    /// <summary>Why there is no answer; <see cref="CallFailure.None"/> if there is one.</summary>
    public CallFailure Failure { get; private init; }

    /// <summary>Whether the script was sent. A script that was sent and not answered may have run.</summary>
    public bool WasSent { get; private init; }

    /// <summary>The exit status of the script.</summary>
    public int Status { get; private init; }

    /// <summary>The script's output, with standard error, without trailing line ends.</summary>
    public string Output { get; private init; } = "";

    /// <summary>Whether the script ended with status 0.</summary>
    public bool Succeeded => Failure == CallFailure.None && Status == 0;

    public static ScriptAnswer Answered(int status, string output) => new() { WasSent = true, Status = status, Output = output };

    public static ScriptAnswer NotSent(CallFailure failure, string detail) => new() { Failure = failure, Output = detail };

    public static ScriptAnswer NoAnswer(CallFailure failure, string detail) => new() { Failure = failure, WasSent = true, Output = detail };

    /// <summary>
    /// The answer as the result of a call that only the shell answers: status 0 is done, any other status is not done.
    /// </summary>
    /// <param name="failures">The meaning of single statuses of the script.</param>
    public CallResult ToCallResult(params ReadOnlySpan<(int Status, CallFailure Failure)> failures)
    {
        if (Failure != CallFailure.None)
        {
            return WasSent ? CallResult.Unknown(Failure, Output) : CallResult.NotDone(Failure, Output);
        }

        if (Status == 0)
        {
            return CallResult.Done(Output.Length == 0 ? null : Output);
        }

        foreach (var known in failures)
        {
            if (known.Status == Status)
            {
                return CallResult.NotDone(known.Failure, Output);
            }
        }

        return CallResult.NotDone(PosixWords.Recognise(Output), $"status {Status}: {Output}");
    }
}
