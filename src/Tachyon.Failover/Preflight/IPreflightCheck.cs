namespace Tachyon.Failover.Preflight;

/// <summary>One thing that is looked at before a switchover.</summary>
/// <remarks>
/// Thread-safe: checks run side by side, under one deadline with the survey. A check changes nothing and may be repeated; it runs twice in a switchover, the
/// second time with the locks held. One that cannot look says so (<see cref="PreflightFinding.CouldNotLook"/>), and one that throws, or has not ended
/// when the time is over, is said to: a blocker, unless <see cref="FailoverOptions.Reclassify"/> says otherwise.
/// </remarks>
public interface IPreflightCheck
{
    /// <summary>The code of its findings, <c>TF1</c> and two digits for those of this library. It never changes its meaning.</summary>
    string Code { get; }

    /// <summary>Looks.</summary>
    /// <param name="pair">The nodes.</param>
    /// <param name="survey">What the nodes said, asked once for all checks.</param>
    /// <param name="cancellationToken">Cancelled when the time is over.</param>
    /// <returns>What was found; empty if all is well.</returns>
    Task<IReadOnlyList<PreflightFinding>> CheckAsync(ValidatorPair pair, PairSurvey survey, CancellationToken cancellationToken);
}
