using Tachyon.Failover.Pairs;

namespace Tachyon.Failover.Cli;

/// <summary>Everything outside of the program that it touches by itself, so that a test can be the outside.</summary>
internal sealed record Surroundings : PairFileSurroundings
{
    /// <summary>Waits for a line that a person types; null if there is no more.</summary>
    public required Func<CancellationToken, Task<string?>> ReadLine { get; init; }

    public required TextWriter Out { get; init; }

    public required TextWriter Error { get; init; }

    /// <summary>Whether a person watches <see cref="Out"/> on a terminal that can move its cursor.</summary>
    public required bool IsTerminal { get; init; }

    /// <summary>Whether a person can be asked something.</summary>
    public required bool CanAsk { get; init; }

    /// <summary>How many columns the terminal has.</summary>
    public int Width { get; init; } = 120;

    public required TimeProvider Time { get; init; }

    /// <summary>Ctrl-C and its kin.</summary>
    public required Interrupts Interrupts { get; init; }

    /// <summary>What reaches the nodes.</summary>
    public required IPairOpener Pairs { get; init; }

    /// <summary>Colours are for people who did not say no: https://no-color.org.</summary>
    public bool HasColours => string.IsNullOrEmpty(Environment.GetValueOrDefault("NO_COLOR"));

    public static Surroundings OfThisProcess(Interrupts interrupts)
    {
        var environment = EnvironmentOfThisProcess();
        var isDumb = environment.GetValueOrDefault("TERM") is null or "" or "dumb" && !OperatingSystem.IsWindows();
        return new Surroundings
        {
            ReadLine = cancellationToken => Task.Run(Console.In.ReadLine, CancellationToken.None).WaitAsync(cancellationToken),
            Out = Console.Out,
            Error = Console.Error,
            IsTerminal = !Console.IsOutputRedirected && !isDumb,
            CanAsk = !Console.IsInputRedirected && !Console.IsErrorRedirected,
            Width = Console.IsOutputRedirected ? 120 : Math.Max(60, Console.WindowWidth),
            Environment = environment,
            HomeFolder = System.Environment.GetFolderPath(System.Environment.SpecialFolder.UserProfile),
            Time = TimeProvider.System,
            Interrupts = interrupts,
            Pairs = new PairOpener(),
        };
    }
}
