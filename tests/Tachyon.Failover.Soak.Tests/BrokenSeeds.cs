using Xunit;

namespace Tachyon.Failover.Soak.Tests;

/// <summary>
/// Every seed that ever broke an invariant, with the reason. A change of the stories or of the model draws other faults from the same seed, so each repaired fault has a
/// named test as well.
/// </summary>
public static class BrokenSeeds
{
    public static TheoryData<ulong, string> All => new()
    {
        { 270, "a source that is cut off from the cluster got its voters back before its replay had laid the staked identity down (ReplayWatch)" },
        { 1037, "the same, with another coordinator beside it" },
        { 1595, "the same" },
        { 15749, "a validator that was stopped between generating a vote and saving it signed it when it continued (the seal asks twice)" },
        { 6052, "the same" },
        { 7081, "the same, with a journal that hangs" },
        { 10389, "an old answer of an RPC, and a new one, were taken for progress (ReplayWatch)" },
        { 841, "a canceled delay continued on a pool thread, beside the world (GapMeter)" },
        { 4362, "a second recovery gave back voters that the first had left sealed (JournalReading)" },
        { 442, "what a run had sealed itself was taken for an older seal (JournalReading)" },
        { 4344, "a refused run said that the source has the identity, and its host had crashed while the target was asked (IdentitySearch.LocateAsync)" },
        { 7643, "a result said that the source has the identity, 10 s after its host had crashed (Whereabouts)" },
        { 11555, "a coordinator that had stood still for 9 min said that no node votes, and an operator had promoted the source (Whereabouts)" },
        { 502, "the coordinator's machine slept between its last question and its result (IdentitySearch.LocateAsync)" },
        { 20137, "another coordinator moved the identity back between the last look and the result: the locks were released before that look (RunFacts)" },
        { 17962, "the target's host crashed after the last look, and held up the release of its lock for 5 s: the result said that it votes (RunFacts.HasOldProbe)" },
        { 85936, "the same" },
        { 51084, "the target's validator crashed while the last look waited for a cluster that was cut off (VoterProof)" },
        { 96299, "a call that was two minutes late came through between the last recovery and the judge (the model's own fault)" },
        { 5871, "the release of a lock threw, and the lock stayed as long as its process (RunLocks.LetGoAsync)" },
        { 8243, "the same" },
        { 12283, "the same" },
        { 32, "a session that was being opened when its coordinator died kept the lock (the model's own fault)" },
    };
}
