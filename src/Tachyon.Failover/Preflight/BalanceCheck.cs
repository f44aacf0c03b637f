using System.Globalization;

namespace Tachyon.Failover.Preflight;

/// <summary>TF116: the staked identity can pay the votes of a week.</summary>
internal sealed class BalanceCheck() : SurveyCheck("TF116")
{
    /// <summary>A vote for each slot of 400 ms.</summary>
    private const ulong VotesOfAWeek = 7 * 24 * 60 * 60 * 10 / 4;

    /// <summary>The fee of a signature. The identity signs each vote. An authorized voter with another key signs as well.</summary>
    private const ulong LamportsOfASignature = 5000;

    private const decimal LamportsOfACoin = 1_000_000_000;

    protected override IEnumerable<PreflightFinding> Probe(ValidatorPair pair, PairSurvey survey)
    {
        var needed = VotesOfAWeek * LamportsOfASignature * (VoterIsAnotherKey(survey, pair.StakedIdentity) ? 2UL : 1);
        var expected = $"{Coins(needed)} or more for the votes of a week";
        var account = survey.Cluster.StakedAccount;
        if (!account.IsDone && account.Call.Failure != CallFailure.Refused)
        {
            yield return Unseen(null, account.Call, expected);
        }
        else if ((account.Value?.Lamports ?? 0) is var lamports && lamports < needed)
        {
            yield return Warning(null, $"the staked identity holds {Coins(lamports)}", expected, $"transfer the rest to {pair.StakedIdentity}");
        }
    }

    private static bool VoterIsAnotherKey(PairSurvey survey, Pubkey staked) =>
        survey.Cluster.Epoch.Value is { } now && survey.Cluster.VoteState.Value?.VoterOf(now.Epoch) is { } voter && !voter.Equals(staked);

    private static string Coins(ulong lamports) => string.Create(CultureInfo.InvariantCulture, $"{lamports / LamportsOfACoin:0.###} coins");
}
