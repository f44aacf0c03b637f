using Tachyon.Failover.Cluster;
using Tachyon.Failover.Nodes;

namespace Tachyon.Failover.Preflight;

/// <summary>TF115: the authorized voter of this epoch and the next is among the start voters of both validators, and among the voters in the settings.</summary>
internal sealed class AuthorizedVoterCheck() : SurveyCheck("TF115")
{
    private const string Expected = "the vote account's authorized voter of this epoch and the next among those of the start command and of the settings";

    protected override IEnumerable<PreflightFinding> Probe(ValidatorPair pair, PairSurvey survey)
    {
        if (survey.Cluster.VoteState.Value is not { } state)
        {
            return [Unseen(null, survey.Cluster.VoteState.Call, Expected)];
        }

        if (survey.Cluster.Epoch.Value is not { } now)
        {
            return [Unseen(null, survey.Cluster.Epoch.Call, Expected)];
        }

        return survey.Nodes.SelectMany(node => node.Inspection.Value is { } inspection
            ? Probe(node, inspection, state, now.Epoch)
            : [Unseen(node.Name, node.Inspection.Call, Expected)]);
    }

    private IEnumerable<PreflightFinding> Probe(NodeSurvey node, ValidatorInspection inspection, VoteState state, ulong epoch)
    {
        if (inspection.Process is not { } process)
        {
            yield return Unseen(node.Name, "no process can be seen that names the ledger", Expected);
        }
        else if (process.AuthorizedVoters.FirstOrDefault(voter => voter.Key is null) is { } unread)
        {
            yield return Unseen(node.Name, $"the public half of {unread.Path} could not be read", Expected);
        }
        else if (inspection.AuthorizedVoters is not { } settings)
        {
            yield return Unseen(node.Name, "a voter's keypair file that the settings name could not be read", Expected);
        }
        else
        {
            var (present, next) = (state.VoterOf(epoch), state.VoterOf(epoch + 1));
            List<Pubkey> started = [.. process.AuthorizedVoters.Select(voter => voter.Key!)];
            if (WhereLacking(present, started, settings) is { } lacking)
            {
                yield return Blocker(node.Name, $"the authorized voter of epoch {epoch} is {present?.ToString() ?? "not named by the vote account"}, and {lacking}", Expected, Remedy);
            }

            if (next is not null && !next.Equals(present) && WhereLacking(next, started, settings) is { } lackingThen)
            {
                yield return Blocker(node.Name, $"the authorized voter is {next} from the next epoch on, and {lackingThen}", Expected, Remedy);
            }
        }
    }

    /// <summary>
    /// A restart adds the voters of the start command; a switchover removes and adds those of the settings. Null if both contain the voter.
    /// </summary>
    private static string? WhereLacking(Pubkey? voter, IReadOnlyList<Pubkey> started, IReadOnlyList<Pubkey> settings)
    {
        return (Has(started), Has(settings)) switch
        {
            (true, true) => null,
            (true, false) => $"no keypair file of {nameof(ValidatorNodeSettings.AuthorizedVoters)} holds it: a switchover would remove it, and could not add it again",
            (false, true) => "the validator was not started with it",
            _ => $"the validator was not started with it, and no keypair file of {nameof(ValidatorNodeSettings.AuthorizedVoters)} holds it",
        };

        bool Has(IReadOnlyList<Pubkey> keys) => voter is not null && keys.Contains(voter);
    }

    private static string Remedy => $"name the voter's keypair as --authorized-voter in the start script and in {nameof(ValidatorNodeSettings.AuthorizedVoters)}; if the start script lacked it, restart the validator while it is inactive";
}
