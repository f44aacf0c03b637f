using Tachyon.Failover.Pairs;

namespace Tachyon.Failover.Cli;

/// <summary>Everything outside of the program that it uses directly, so that a test can replace it.</summary>
internal sealed record Surroundings : PairFileSurroundings
{
    /// <summary>Waits for a line of input; null at the end of the input.</summary>
    public required Func<CancellationToken, Task<string?>> ReadLine { get; init; }

    public required TextWriter Out { get; init; }

    public required TextWriter Error { get; init; }

    /// <summary>Whether a user reads <see cref="Out"/> on a terminal with a movable cursor.</summary>
    public required bool IsTerminal { get; init; }

    /// <summary>Whether the program can ask a question.</summary>
    public required bool CanAsk { get; init; }

    /// <summary>The terminal's width in columns.</summary>
    public int Width { get; init; } = 120;

    public required TimeProvider Time { get; init; }

    /// <summary>Ctrl-C and the signals that mean the same.</summary>
    public required Interrupts Interrupts { get; init; }

    /// <summary>Opens the connections to the nodes.</summary>
    public required IPairOpener Pairs { get; init; }

    /// <summary>Whether to use colors: not if NO_COLOR is set (https://no-color.org).</summary>
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
