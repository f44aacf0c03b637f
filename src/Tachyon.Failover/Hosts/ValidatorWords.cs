using Tachyon.Failover.Shells;

namespace Tachyon.Failover.Hosts;

/// <summary>
/// The meaning of the program's exit code and texts. The texts were recorded with tachyon-validator 2.2.15. Errors come on
/// standard output with exit code 1, so only the exit code shows success.
/// </summary>
internal static class ValidatorWords
{
    private const int TimedOut = 124;

    /// <summary>Texts for a request that the validator refused, or that could not have reached it.</summary>
    private static readonly (string Words, CallFailure Failure)[] Refusals =
    [
        ("admin.rpc does not exist", CallFailure.ValidatorNotRunning),
        ("Connection refused", CallFailure.ValidatorNotRunning),
        ("Retry once validator start up is complete", CallFailure.ValidatorStarting),
        ("The signature on the saved tower is invalid", CallFailure.TowerSignatureInvalid),
        ("IO Error: No such file or directory", CallFailure.TowerMissing),
        ("Serialization Error", CallFailure.TowerCorrupt),
        ("Unable to load tower file", CallFailure.TowerCorrupt),
        ("Invalid value for '<KEYPAIR>'", CallFailure.KeypairUnusable),
        ("Unable to read JSON keypair", CallFailure.KeypairUnusable),
        ("Failed to read identity keypair", CallFailure.KeypairUnusable),
        ("Failed to read authorized voter keypair", CallFailure.KeypairUnusable),
        ("Permission denied", CallFailure.PermissionDenied),
    ];

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

        foreach (var (words, failure) in Refusals)
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
}
