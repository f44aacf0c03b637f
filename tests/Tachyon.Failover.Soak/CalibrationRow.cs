namespace Tachyon.Failover.Soak;

/// <summary>A line of the table in validator.md, "What a wrong tower does", and what the model makes of it.</summary>
internal sealed record CalibrationRow
{
    /// <summary>The version of the client.</summary>
    public required string Client { get; init; }

    /// <summary>The tower that the target was given, and how.</summary>
    public required string Tower { get; init; }

    /// <summary>What was measured on a real cluster.</summary>
    public required string Measured { get; init; }

    /// <summary>How many runs the model made.</summary>
    public required int Runs { get; init; }

    /// <summary>The share of runs with a LockoutConflict, 0 to 1.</summary>
    public required double Conflicts { get; init; }

    /// <summary>The most votes refused in one run.</summary>
    public required int MostRefused { get; init; }

    /// <summary>Missed slots of a run, in the mean.</summary>
    public required double MeanMissed { get; init; }

    /// <summary>The most missed slots of a run.</summary>
    public required int MostMissed { get; init; }
}
