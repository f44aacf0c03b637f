namespace Tachyon.Failover.Testing.Simulation.Votes;

/// <summary>Why the vote program refuses a vote: its custom error numbers.</summary>
internal enum VoteError
{
    VoteTooOld = 0,
    SlotsMismatch = 1,
    EmptySlots = 3,
    LockoutConflict = 6,
    NewVoteStateLockoutMismatch = 7,
    SlotsNotOrdered = 8,
    ConfirmationsNotOrdered = 9,
    ZeroConfirmations = 10,
    ConfirmationTooLarge = 11,
    RootRollBack = 12,
    ConfirmationRollBack = 13,
    SlotSmallerThanRoot = 14,
    TooManyVotes = 15,
    RootOnDifferentFork = 17,
}
