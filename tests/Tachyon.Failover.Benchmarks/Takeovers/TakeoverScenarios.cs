using Tachyon.Failover.Takeover;

namespace Tachyon.Failover.Benchmarks.Takeovers;

/// <summary>All scenarios.</summary>
internal static class TakeoverScenarios
{
    public static IReadOnlyList<TakeoverScenario> All { get; } =
    [
        new()
        {
            Name = "killed", Words = "killed (SIGKILL), its host lives",
            Lose = static (stand, _) => stand.Lost.KillAsync(),
            Outcome = FailoverOutcome.Completed, Grade = EvidenceGrade.Fenced,
        },
        new()
        {
            Name = "hung", Words = "hung (SIGSTOP), its host lives: stopped",
            Lose = static (stand, _) => Do(stand.Lost.Freeze),
            Outcome = FailoverOutcome.Completed, Grade = EvidenceGrade.Fenced,
        },
        new()
        {
            Name = "frozen", Words = "its machine is frozen, and continues later where it stood", MinimumGrade = EvidenceGrade.Observed,
            Lose = static async (stand, cancellationToken) =>
            {
                await stand.CutOffAsync(cancellationToken);
                stand.Lost.Freeze();
            },
            Mend = static async (stand, cancellationToken) =>
            {
                stand.Lost.Wake();
                await stand.ReconnectAsync(cancellationToken);
            },
            Outcome = FailoverOutcome.Completed, Grade = EvidenceGrade.Observed,
        },
        new()
        {
            Name = "sshd", Words = "only its sshd is dead, it votes",
            Lose = static (stand, _) => stand.EndSshdAsync(),
            IsSilent = false,
            Mend = static (stand, cancellationToken) => stand.StartSshdAsync(cancellationToken),
            Outcome = FailoverOutcome.Refused, Grade = EvidenceGrade.None,
        },
        new()
        {
            Name = "cut", Words = "its network is cut",
            Lose = static (stand, cancellationToken) => stand.CutOffAsync(cancellationToken),
            Mend = static (stand, cancellationToken) => stand.ReconnectAsync(cancellationToken),
            Outcome = FailoverOutcome.Refused, Grade = EvidenceGrade.Observed,
        },
        new()
        {
            Name = "cut-observed", Words = "its network is cut, and comes back later", MinimumGrade = EvidenceGrade.Observed,
            Lose = static (stand, cancellationToken) => stand.CutOffAsync(cancellationToken),
            Mend = static (stand, cancellationToken) => stand.ReconnectAsync(cancellationToken),
            Outcome = FailoverOutcome.Completed, Grade = EvidenceGrade.Observed,
        },
        new()
        {
            Name = "cut-fenced", Words = "its network is cut, an adapter cuts its power; its host comes back later",
            Lose = static (stand, cancellationToken) =>
            {
                stand.FenceWith(new PowerSwitch(stand.Lost));
                return stand.CutOffAsync(cancellationToken);
            },
            Mend = static (stand, cancellationToken) => stand.ReconnectAsync(cancellationToken),
            Outcome = FailoverOutcome.Completed, Grade = EvidenceGrade.Fenced,
        },
    ];

    private static Task Do(Action action)
    {
        action();
        return Task.CompletedTask;
    }
}
