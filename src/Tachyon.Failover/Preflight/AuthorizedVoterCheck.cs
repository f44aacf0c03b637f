using Tachyon.Failover.Cluster;
using Tachyon.Failover.Hosts;

namespace Tachyon.Failover.Preflight;

/// <summary>TF115: who may sign votes in this epoch and the next is among the voters that both validators were started with.</summary>
internal sealed class AuthorizedVoterCheck() : SurveyCheck("TF115")
{
    private const string Expected = "the vote account's authorized voter of this epoch and the next among those of the start command";

    protected override IEnumerable<PreflightFinding> Look(ValidatorPair pair, PairSurvey survey)
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
            ? Look(node, inspection.Process, state, now.Epoch)
            : [Unseen(node.Name, node.Inspection.Call, Expected)]);
    }

    private IEnumerable<PreflightFinding> Look(NodeSurvey node, StartCommand? process, VoteState state, ulong epoch)
    {
        if (process is null)
        {
            yield return Unseen(node.Name, "no process can be seen that names the ledger", Expected);
        }
        else if (process.AuthorizedVoters.FirstOrDefault(voter => voter.Key is null) is { } unread)
        {
            yield return Unseen(node.Name, $"the public half of {unread.Path} could not be read", Expected);
        }
        else
        {
            var (present, next) = (state.VoterOf(epoch), state.VoterOf(epoch + 1));
            if (!process.AuthorizedVoters.Any(voter => voter.Key!.Equals(present)))
            {
                yield return Blocker(node.Name, $"the authorized voter of epoch {epoch} is {present?.ToString() ?? "not named by the vote account"}, and the validator was not started with it", Expected, Remedy);
            }

            if (next is not null && !next.Equals(present) && !process.AuthorizedVoters.Any(voter => voter.Key!.Equals(next)))
            {
                yield return Blocker(node.Name, $"the authorized voter is {next} from the next epoch on, and the validator was not started with it", Expected, Remedy);
            }
        }
    }

    private static string Remedy => $"name the voter's keypair as --authorized-voter in the start script and in {nameof(ValidatorNodeSettings.AuthorizedVoters)}, and restart the validator while it is inactive";
}
