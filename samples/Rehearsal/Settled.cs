using Tachyon.Failover.Testing.StandIns;

namespace Tachyon.Failover.Rehearsal;

/// <summary>Waits until votes land again, slot after slot, and then asks what the chain saw.</summary>
internal static class Settled
{
    private const int Calm = 3;

    // A tower that lacks a vote has 31 votes refused in a row; after twice as many nothing more is to come.
    private const ulong AtMost = 64;

    public static async Task<ChainReport> ReportAsync(StandInCluster cluster, ulong fromSlot, CancellationToken cancellationToken)
    {
        var last = await cluster.GetSlotAsync(cancellationToken);
        var limit = last + AtMost;
        while (true)
        {
            await cluster.WaitForSlotAsync(last += Calm, cancellationToken);
            var report = await cluster.GetChainReportAsync(fromSlot, cancellationToken);

            // The newest slots may yet get their votes.
            var calm = report.Slots.Where(slot => slot.HasBlock && slot.Slot + Calm <= report.LastSlot).TakeLast(Calm).ToArray();
            if (last > limit || (calm.Length == Calm && calm.All(slot => slot.HasLandedVote)))
            {
                return report;
            }
        }
    }
}
