using Tachyon.Failover.Testing.Simulation.Votes;

namespace Tachyon.Failover.Testing.Simulation.Validator;

/// <summary>What reading a tower file brought.</summary>
/// <param name="Stack">The votes; null if it could not be read.</param>
/// <param name="IsMissing">Whether there is no file: a validator goes on without, unless it was told to require one.</param>
/// <param name="Error">The validator's words for why it could not be read; null if it could.</param>
internal sealed record SavedTower(VoteStack? Stack, bool IsMissing, string? Error)
{
    public static SavedTower Of(VoteStack stack) => new(stack, IsMissing: false, Error: null);

    public static SavedTower Missing { get; } = new(Stack: null, IsMissing: true, "IO Error: No such file or directory (os error 2)");

    public static SavedTower Unreadable(string error) => new(Stack: null, IsMissing: false, error);
}
