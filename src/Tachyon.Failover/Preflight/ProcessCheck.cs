using Tachyon.Failover.Nodes;

namespace Tachyon.Failover.Preflight;

/// <summary>TF111: a validator of the ledger in the settings runs.</summary>
internal sealed class ProcessCheck() : NodeCheck("TF111", Expected)
{
    private const string Expected = "a running validator that was started with the ledger of the settings";

    protected override IEnumerable<PreflightFinding> Probe(ValidatorPair pair, NodeSurvey node, ValidatorInspection inspection)
    {
        if (inspection.Process is not null)
        {
            yield break;
        }

        var others = inspection.Processes?.Where(process => process.Ledger is { IsAsInSettings: false }).ToList();
        yield return others is { Count: > 0 } && !node.ContactInfo.IsDone
            ? Blocker(
                node.Name,
                $"the validators that run have other ledgers: {string.Join(", ", others.Select(process => process.Ledger!.Path))}",
                Expected,
                $"name the ledger of the running validator in {nameof(ValidatorNodeSettings.Ledger)}")
            : Unseen(
                node.Name,
                "no process can be seen that names the ledger",
                Expected,
                $"let the user see the validator's process (hidepid of /proc), or name the validator's user in {nameof(ValidatorNodeSettings.RunAs)}");
    }
}
