namespace Tachyon.Failover.Testing.StandIns.Validator;

/// <summary>The faults to inject in this process.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class Faults
{
    private readonly Lock _gate = new();
    private readonly List<(StandInFault Fault, int Left)> _faults = [];

    public void Add(StandInFault fault)
    {
        lock (_gate)
        {
            _faults.Add((fault, fault.Count));
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _faults.Clear();
        }
    }

    /// <summary>The fault of this call; null if none.</summary>
    public StandInFault? TakeFor(string method) =>
        Take(fault => fault.Kind != StandInFaultKind.DropVotes && string.Equals(fault.Method, method, StringComparison.Ordinal));

    /// <summary>Whether this vote is lost.</summary>
    public bool TakeDroppedVote() => Take(fault => fault.Kind == StandInFaultKind.DropVotes) is not null;

    private StandInFault? Take(Predicate<StandInFault> which)
    {
        lock (_gate)
        {
            var index = _faults.FindIndex(entry => which(entry.Fault));
            if (index < 0)
            {
                return null;
            }

            var (fault, left) = _faults[index];
            if (left <= 1)
            {
                _faults.RemoveAt(index);
            }
            else
            {
                _faults[index] = (fault, left - 1);
            }

            return fault;
        }
    }
}
