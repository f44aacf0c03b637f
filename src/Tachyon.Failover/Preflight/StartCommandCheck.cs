using Tachyon.Failover.Hosts;

namespace Tachyon.Failover.Preflight;

/// <summary>TF112: the running validator was started with the identity link and with the authorized voters of the settings, so that a restart brings back what the link says.</summary>
internal sealed class StartCommandCheck() : NodeCheck("TF112", Expected)
{
    private const string Expected = "--identity with the identity link, and --authorized-voter with the staked keypair";
    private const string Hidden = "the folder in which it was started is hidden from the user, and the path is relative";

    protected override IEnumerable<PreflightFinding> Look(ValidatorPair pair, NodeSurvey node, ValidatorInspection inspection)
    {
        if (inspection.Process is not { } process)
        {
            yield return Unseen(node.Name, "no process can be seen that names the ledger", Expected);
            yield break;
        }

        if (process.Identity is not { IsAsInSettings: true })
        {
            yield return process.Identity is { IsAsInSettings: null }
                ? Unseen(node.Name, $"--identity {process.Identity.Path}: {Hidden}", Expected)
                : Blocker(
                    node.Name,
                    $"the validator was started with --identity {process.Identity?.Path}: a restart would not go by the identity link",
                    "--identity with the identity link of the settings",
                    $"name the link in the start script, and restart the validator while it is inactive; or name the start script's link in {nameof(ValidatorNodeSettings.IdentityLink)}");
        }

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
}
