using Tachyon.Failover.Testing.Simulation.Time;

namespace Tachyon.Failover.Testing.Simulation.Chain;

/// <summary>Draws the orphaned blocks: one or two slots in a row, and after them at least one slot that is not orphaned.</summary>
internal sealed class ForkDraw(ChainOptions options)
{
    private readonly SeededRandom _random = new(options.Seed, "forks");
    private int _left;
    private bool _settles;

    /// <summary>Whether the next slot's block is orphaned. Call it once for every slot.</summary>
    public bool Next()
    {
        if (_left == 0 && !_settles && _random.Chance(options.Forks))
        {
            _left = _random.Chance(0.5) ? 1 : 2;
        }

        _settles = _left == 1;
        return _left > 0 && _left-- > 0;
    }
}
