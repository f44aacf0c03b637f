using Tachyon.Failover.Nodes;

namespace Tachyon.Failover.Preflight;

/// <summary>
/// TF112: the running validator was started with the identity link and with the authorized voters of the settings, so that the link decides after a restart;
/// and without options that prevent voting.
/// </summary>
internal sealed class StartCommandCheck() : SurveyCheck("TF112")
{
    private const string Expected = "--identity with the identity link, and --authorized-voter with the staked keypair";
    private const string Hidden = "the folder in which it was started is hidden from the user, and the path is relative";
    private const string FileStorage = "file";
    private const string RestartWithout = "correct the start script, and restart the validator while it is inactive";

    protected override IEnumerable<PreflightFinding> Probe(ValidatorPair pair, PairSurvey survey) => survey.Nodes.SelectMany(node =>
        node.Inspection.Value is not { } inspection ? [Unseen(node.Name, node.Inspection.Call, Expected)]
        : inspection.Process is not { } process ? [Unseen(node.Name, "no process can be seen that names the ledger", Expected)]
        : (IEnumerable<PreflightFinding>)[.. ProbeIdentity(node, process), .. ProbeVoters(node, process), .. ProbeVoting(node, process), .. ProbeVoteAccount(node, process, survey)]);

    private IEnumerable<PreflightFinding> ProbeIdentity(NodeSurvey node, StartCommand process)
    {
        if (process.Identity is { IsAsInSettings: true })
        {
            yield break;
        }

        yield return process.Identity is { IsAsInSettings: null }
            ? Unseen(node.Name, $"--identity {process.Identity.Path}: {Hidden}", Expected)
            : Blocker(
                node.Name,
                $"the validator was started with --identity {process.Identity?.Path}: a restart would not use the identity link",
                "--identity with the identity link of the settings",
                $"name the link in the start script, and restart the validator while it is inactive; or name the start script's link in {nameof(ValidatorNodeSettings.IdentityLink)}");
    }

    private IEnumerable<PreflightFinding> ProbeVoters(NodeSurvey node, StartCommand process)
    {
        if (process.AuthorizedVoters.Any(voter => voter.IsAsInSettings == true))
        {
            yield break;
        }

        var voters = process.AuthorizedVoters.Count == 0 ? "no --authorized-voter" : $"--authorized-voter {string.Join(", ", process.AuthorizedVoters.Select(voter => voter.Path))}";
        yield return process.AuthorizedVoters.Any(voter => voter.IsAsInSettings is null)
            ? Unseen(node.Name, $"{voters}: {Hidden}", Expected)
            : Blocker(
                node.Name,
                $"the validator was started with {voters}: after a restart it could not vote with the staked identity",
                "--authorized-voter with the staked keypair, or the voters of the settings",
                $"name it in the start script, and restart the validator while it is inactive; or name the start script's voters in {nameof(ValidatorNodeSettings.AuthorizedVoters)}");
    }

    /// <summary>With such an option it answers every call as if it would vote.</summary>
    private IEnumerable<PreflightFinding> ProbeVoting(NodeSurvey node, StartCommand process)
    {
        foreach (var flag in process.Flags)
        {
            yield return Blocker(node.Name, $"the validator was started with {flag}: it would never vote", $"a start command without {flag}", RestartWithout);
        }

        if (process.TowerStorage is { } storage && storage != FileStorage)
        {
            yield return Blocker(
                node.Name,
                $"the validator was started with --tower-storage {storage}: it would not read the delivered tower",
                $"--tower-storage {FileStorage}, or none",
                RestartWithout);
        }
    }

    private IEnumerable<PreflightFinding> ProbeVoteAccount(NodeSurvey node, StartCommand process, PairSurvey survey)
    {
        const string expected = "--vote-account with the staked identity's vote account";
        if (process.VoteAccount is not { } named)
        {
            yield return Blocker(node.Name, "the validator was started with no --vote-account: it would never vote", expected, RestartWithout);
        }
        else if (named.Key is not { } address)
        {
            yield return Unseen(node.Name, $"--vote-account {named.Path}: it is no address, and no keypair file that can be read", expected);
        }
        else if (!survey.Cluster.VoteAccounts.IsDone)
        {
            yield return Unseen(node.Name, survey.Cluster.VoteAccounts.Call, expected);
        }
        else if (survey.VoteAccount.Value is { } account && !address.Equals(account.Address))
        {
            yield return Blocker(
                node.Name, $"the validator was started with --vote-account {address}, and the staked identity's vote account is {account.Address}: it would never vote for that", expected, RestartWithout);
        }
    }
}
