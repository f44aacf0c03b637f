using Tachyon.Failover.Decisions;

namespace Tachyon.Failover;

/// <summary>Collects the further observations for the operator.</summary>
internal static class MonitorDetailsBuilder
{
    /// <summary>A node that is so many slots behind the newest witness counts as behind: it sees confirmations a little later than others.</summary>
    private const ulong FewSlots = 16;

    public static MonitorDetails Probe(MonitorReading look, NodeSight node, MonitorView sight, TowerCopy? copy)
    {
        var report = new MonitorDetails
        {
            Witnesses = look.Witnesses,
            Balance = look.Balance,
            IsDelinquent = look.Witnesses.Any(witness => witness.IsDelinquent == true) ? true : look.Witnesses.Any(witness => witness.IsDelinquent == false) ? false : null,
            IsNodeHealthy = node.IsHealthy,
            NodeSlotsBehind = node.Slot is { } own && sight.Slot is { } newest ? newest > own ? newest - own : 0 : null,
            ShellAnswers = copy?.IsFed,
            OpenPorts = node.OpenPorts,
            TowerCopySlot = copy?.NewestSlot,
            TowerCopyAgeInSlots = copy?.AgeInSlots,
            StoredSlot = copy?.StoredSlot,
            Warnings = [],
        };
        return report.With(it => it.Warnings = [.. WarningsOf(report, node)]);
    }

    private static IEnumerable<FailoverNote> WarningsOf(MonitorDetails report, NodeSight node)
    {
        foreach (var silent in report.Witnesses.Where(witness => witness.Failure is not null))
        {
            yield return new FailoverNote(NoteCodes.WitnessSilent, node: null, $"the witness {silent.Name} does not answer: {silent.Failure}", ("witness", silent.Name));
        }

        if (report.IsDelinquent == true)
        {
            yield return new FailoverNote(NoteCodes.Delinquent, node: null, "the cluster counts the validator as delinquent");
        }

        if (report.IsNodeHealthy != true)
        {
            yield return report.IsNodeHealthy is null
                ? new FailoverNote(NoteCodes.RpcSilent, node.Name, $"the node's RPC does not answer: {node.Words}")
                : new FailoverNote(NoteCodes.Unhealthy, node.Name, $"the node is not healthy: {node.Words}");
        }

        if (report.NodeSlotsBehind > FewSlots)
        {
            yield return new FailoverNote(NoteCodes.Lags, node.Name, $"the node lags by {report.NodeSlotsBehind} slots", ("slots", report.NodeSlotsBehind));
        }

        if (report.ShellAnswers == false)
        {
            yield return new FailoverNote(NoteCodes.NoTowers, node.Name, "the node's shell does not deliver its towers");
        }
    }
}
