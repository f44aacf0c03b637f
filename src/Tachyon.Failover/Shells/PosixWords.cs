namespace Tachyon.Failover.Shells;

/// <summary>The meaning of the C library's error texts. The scripts run with <c>LC_ALL=C</c>, so there is one language.</summary>
internal static class PosixWords
{
    public static CallFailure Recognise(string output) =>
        output.Contains("No space left on device", StringComparison.Ordinal) ? CallFailure.DiskFull
        : output.Contains("Permission denied", StringComparison.Ordinal) ? CallFailure.PermissionDenied
        : output.Contains("Read-only file system", StringComparison.Ordinal) ? CallFailure.PermissionDenied
        : output.Contains("Operation not permitted", StringComparison.Ordinal) ? CallFailure.PermissionDenied
        : CallFailure.Unrecognized;
}
