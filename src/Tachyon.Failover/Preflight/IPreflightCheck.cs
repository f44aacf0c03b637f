namespace Tachyon.Failover.Preflight;

/// <summary>One check before a switchover.</summary>
/// <remarks>
/// Thread-safe: checks run side by side, under one deadline with the survey. A check changes nothing and may be repeated. It runs twice in a switchover, the
/// second time with the locks held. A check that cannot read what it needs reports <see cref="PreflightFinding.IsInconclusive"/>. The library reports the same for a check that throws
/// or exceeds the time limit: a blocker, unless <see cref="FailoverOptions.Reclassify"/> changes it.
/// </remarks>
public interface IPreflightCheck
{
    /// <summary>The code of its findings, <c>TF1</c> and two digits for those of this library. It never changes its meaning.</summary>
    string Code { get; }

    /// <summary>Runs the check.</summary>
    /// <param name="pair">The nodes.</param>
    /// <param name="survey">The answers of the nodes, asked once for all checks.</param>
    /// <param name="cancellationToken">Canceled when the time limit of the preflight has passed.</param>
    /// <returns>The findings; empty if there are none.</returns>
    Task<IReadOnlyList<PreflightFinding>> CheckAsync(ValidatorPair pair, PairSurvey survey, CancellationToken cancellationToken);
}
