using Tachyon.Failover.Cli.Status;
using Tachyon.Failover.Cluster;

namespace Tachyon.Failover.Cli.Commands;

/// <summary>Shows both nodes and the cluster.</summary>
internal sealed class StatusCommand : FailoverCommand
{
    public StatusCommand(Surroundings surroundings)
        : base("status", "Show both nodes, who votes, the slot, and the next restart window. Changes nothing.", surroundings)
    {
    }

    protected override async Task<int> RunAsync(CommandRun run)
    {
        var file = run.ReadPair();
        await using var open = run.Open(file);
        var pair = open.To(null);
        var slots = new SlotWatch(pair, file.Options, run.Time);
        var diagnosing = run.Coordinator(file, open).DiagnoseAsync(pair, run.GivenUp);
        var first = ProbeAsync(pair.Source, run.GivenUp);
        var second = ProbeAsync(pair.Target, run.GivenUp);
        var whyNoSlots = await slots.ProbeAsync(run.GivenUp);
        var diagnosis = await diagnosing;
        var status = new PairStatus(
            run.Time.GetUtcNow(), diagnosis, (await first)(diagnosis.Source, file.First.Address), (await second)(diagnosis.Target, file.Second.Address), slots.Read(), whyNoSlots);
        run.Answer(status.ToString(), status.ToJson());
        return DiagnoseCommand.CodeOf(diagnosis);
    }

    /// <summary>The answers of the node's own RPC; the diagnosis has the rest.</summary>
    private static async Task<Func<NodeDiagnosis, string, NodeStatus>> ProbeAsync(ValidatorNode node, CancellationToken cancellationToken)
    {
        try
        {
            var slot = await node.Rpc.GetSlotAsync(Commitment.Processed, cancellationToken);
            var health = await node.Rpc.GetHealthAsync(cancellationToken);
            var version = await node.Rpc.GetVersionAsync(cancellationToken);
            return (finding, address) => new NodeStatus(finding, address, slot, health.IsHealthy ? "ok" : $"{health.SlotsBehind?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "?"} slots behind", version);
        }
        catch (ClusterRpcException exception)
        {
            return (finding, address) => new NodeStatus(finding, address, null, $"not known: {exception.Failure}", null);
        }
    }
}
