using Tachyon.Failover.Testing.Simulation.Votes;

namespace Tachyon.Failover.Testing.Simulation.Validator;

/// <summary>The result of reading a tower file.</summary>
/// <param name="Stack">The votes; null if the file could not be read.</param>
/// <param name="IsMissing">Whether there is no file. A validator continues without one, unless it must require one.</param>
/// <param name="Error">The validator's words for the failure; null if the file could be read.</param>
internal sealed record SavedTower(VoteStack? Stack, bool IsMissing, string? Error)
{
    public static SavedTower Of(VoteStack stack) => new(stack, IsMissing: false, Error: null);

    public static SavedTower Missing { get; } = new(Stack: null, IsMissing: true, "IO Error: No such file or directory (os error 2)");

    public static SavedTower Unreadable(string error) => new(Stack: null, IsMissing: false, error);
}
