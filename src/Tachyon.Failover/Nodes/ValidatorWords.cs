using Tachyon.Failover.Clients;
using Tachyon.Failover.Shells;

namespace Tachyon.Failover.Nodes;

/// <summary>
/// The meaning of the program's exit code and texts, which are those of the <see cref="ClientProfiles"/>. Errors come on standard output with exit code 1, so only the exit code
/// shows success.
/// </summary>
internal static class ValidatorWords
{
    private const int TimedOut = 124;

    public static CallResult Recognise(ScriptAnswer answer)
    {
        if (answer.Failure != CallFailure.None || answer.Status == 0)
        {
            return answer.ToCallResult();
        }

        // The shell's own codes: not found, not executable.
        if (answer.Status is 126 or 127)
        {
            return CallResult.NotDone(CallFailure.ProgramMissing, answer.Output);
        }

        // `timeout` ended the program, which may have sent its request.
        if (answer.Status == TimedOut)
        {
            return CallResult.Unknown(CallFailure.TimedOut, answer.Output);
        }

        // A signal ended the program after it may have sent its request.
        if (answer.Status > 128)
        {
            return CallResult.Unknown(CallFailure.Unrecognized, $"the program was ended by signal {answer.Status - 128}: {answer.Output}");
        }

        // The validator has begun, so that the result is not "nothing happened", although it names an error.
        if (IsHalfDone(answer))
        {
            return CallResult.Unknown(CallFailure.Unrecognized, answer.Output);
        }

        foreach (var (words, failure) in ClientProfiles.Refusals)
        {
            if (answer.Output.Contains(words, StringComparison.Ordinal))
            {
                return CallResult.NotDone(failure, answer.Output);
            }
        }

        // "Server returned" is an answer of the validator. A mistake in the command line is refused before anything is sent.
        // Any other error may have happened after the request was sent.
        return answer.Output.Contains("Server returned rpc error", StringComparison.Ordinal)
            || answer.Output.StartsWith("error: ", StringComparison.Ordinal)
            ? CallResult.NotDone(CallFailure.Unrecognized, answer.Output)
            : CallResult.Unknown(CallFailure.Unrecognized, $"exit code {answer.Status}: {answer.Output}");
    }

    /// <summary>Whether a <c>set-identity</c> failed half done, so that the same call again completes it.</summary>
    public static bool IsHalfDone(ScriptAnswer answer) =>
        answer is { Failure: CallFailure.None, Status: 1 } && ClientProfiles.HalfDone.Any(words => answer.Output.Contains(words, StringComparison.Ordinal));
}
