using System.CommandLine;
using Tachyon.Failover.Pairs;

namespace Tachyon.Failover.Cli.Commands;

/// <summary>One call of a command: what was asked for, and the ways to answer.</summary>
internal sealed class CommandRun(ParseResult parsed, Surroundings surroundings)
{
    public ParseResult Parsed => parsed;

    public Surroundings Surroundings => surroundings;

    public bool IsJson { get; } = parsed.GetValue(CommonOptions.Json);

    public TimeProvider Time => surroundings.Time;

    /// <summary>Cancelled when somebody gives up.</summary>
    public CancellationToken GivenUp => surroundings.Interrupts.GivenUp;

    /// <summary>What the command was called for: text for people, or the one JSON object.</summary>
    /// <remarks>What was done is done, and the exit code says so, even if nobody reads any more.</remarks>
    public void Answer(string text, string json)
    {
        try
        {
            surroundings.Out.WriteLine(IsJson ? json : Words.OfProgram(text));
            surroundings.Out.Flush();
        }
        catch (IOException exception)
        {
            Say($"The answer could not be written: {exception.Message}");
        }
    }

    /// <summary>What belongs to the way there and not to the answer.</summary>
    public void Say(string text)
    {
        try
        {
            surroundings.Error.WriteLine(Words.OfProgram(text));
        }
        catch (IOException)
        {
            // The terminal is gone.
        }
    }

    /// <summary>The pair file, with the environment and options of the command line over it. Says what its reader should know of it.</summary>
    public PairFile ReadPair(IReadOnlyDictionary<string, (string Option, string Value)>? commandLine = null, PairFileUse use = PairFileUse.Command)
    {
        var file = PairFileReader.Read(
            parsed.GetValue(CommonOptions.Pair)!, surroundings with { Use = use }, commandLine ?? new Dictionary<string, (string Option, string Value)>(StringComparer.Ordinal));
        foreach (var note in file.Notes)
        {
            Say($"{file.Path}, {note}");
        }

        return file;
    }

    public OpenPair Open(PairFile file) => surroundings.Pairs.Open(file, surroundings.Time);

    public FailoverCoordinator Coordinator(PairFile file, OpenPair pair) => new(file.Options with { Journal = pair.Journal }, timeProvider: surroundings.Time);

    /// <summary>The node that --to names; null if it was not given.</summary>
    /// <exception cref="UsageException">There is no such node.</exception>
    public string? Target(PairFile file)
    {
        string[] names = [file.First.Validator.Name, file.Second.Validator.Name];
        if (parsed.GetValue<string?>(CommonOptions.ToName) is not { } target || names.Contains(target))
        {
            return parsed.GetValue<string?>(CommonOptions.ToName);
        }

        var near = Spelling.Nearest(target, names);
        throw new UsageException($"--to is '{target}'{(near is null ? "" : $"; did you mean {near}?")} The nodes of {file.Path} are {string.Join(" and ", names)}");
    }

    /// <summary>Asks whether to go on. Never called with --yes.</summary>
    /// <param name="question">What is to be done.</param>
    /// <param name="word">What to type.</param>
    /// <param name="orYes">Whether y or yes will do as well.</param>
    /// <exception cref="OperationCanceledException">It was anything else.</exception>
    public async Task ConfirmAsync(string question, string word, bool orYes = true)
    {
        await surroundings.Error.WriteAsync($"{Environment.NewLine}{question} Type {word}{(orYes ? " or y" : "")} to go on; anything else leaves everything as it is: ");
        await surroundings.Error.FlushAsync(GivenUp);
        var typed = (await surroundings.ReadLine(GivenUp))?.Trim();
        if (!string.Equals(typed, word, StringComparison.OrdinalIgnoreCase) && !(orYes && typed?.ToUpperInvariant() is ("Y" or "YES")))
        {
            throw new OperationCanceledException("Nothing was changed.");
        }
    }

    /// <summary>Refuses to go on if there is nobody to ask.</summary>
    /// <exception cref="UsageException">There is nobody, and --yes was not given.</exception>
    public void RequireSomebodyToAsk(bool yes)
    {
        if (!yes && !surroundings.CanAsk)
        {
            throw new UsageException($"{parsed.CommandResult.Command.Name} asks before it changes anything, and there is no terminal to ask on. Give --yes to go on without a question");
        }
    }
}
