namespace Tachyon.Failover.Cluster;

/// <summary>How <see cref="HttpClusterRpc"/> calls a node.</summary>
/// <remarks>The constructor of <see cref="HttpClusterRpc"/> copies them and checks the bounds: a later change has no effect. Not thread safe while they are changed.</remarks>
public sealed class HttpClusterRpcOptions
{
    internal static readonly TimeSpan ShortestCall = TimeSpan.FromMilliseconds(10);
    internal static readonly TimeSpan LongestCall = TimeSpan.FromMinutes(10);
    internal const int SmallestAnswer = 1024;
    internal const int LargestAnswer = 1024 * 1024 * 1024;

    /// <summary>The time from the start of a call to the last byte of its answer, connecting included. Through a shell, the first connection is not included: <see cref="ConnectTimeLimit"/>.</summary>
    /// <value>5 s; 10 ms to 10 minutes.</value>
    public TimeSpan CallTimeLimit { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The time limit for the first connection through a shell, with the shell's own connect and login. The calls that wait for it begin after it. Not used without a shell.</summary>
    /// <value>20 s; 10 ms to 10 minutes.</value>
    public TimeSpan ConnectTimeLimit { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>The most bytes of an answer. A longer one is <see cref="ClusterRpcFailure.InvalidResponse"/>, and the rest is not read.</summary>
    /// <value>64 MiB; 1 KiB to 1 GiB. A full block with its accounts has a few MB.</value>
    public int MaxAnswerBytes { get; set; } = 64 * 1024 * 1024;

    /// <summary>A copy.</summary>
    internal HttpClusterRpcOptions Copy() => Copies.Of(this);

    /// <summary>All values that are out of bounds, a sentence each; empty if there are none. Does not throw.</summary>
    public IReadOnlyList<string> Validate()
    {
        var errors = new List<string>();
        if (CallTimeLimit < ShortestCall || CallTimeLimit > LongestCall)
        {
            errors.Add($"{nameof(CallTimeLimit)} is {CallTimeLimit}; it must be from {ShortestCall} to {LongestCall}.");
        }

        if (ConnectTimeLimit < ShortestCall || ConnectTimeLimit > LongestCall)
        {
            errors.Add($"{nameof(ConnectTimeLimit)} is {ConnectTimeLimit}; it must be from {ShortestCall} to {LongestCall}.");
        }

        if (MaxAnswerBytes is < SmallestAnswer or > LargestAnswer)
        {
            errors.Add($"{nameof(MaxAnswerBytes)} is {MaxAnswerBytes}; it must be from {SmallestAnswer} to {LargestAnswer}.");
        }

        return errors;
    }
}
