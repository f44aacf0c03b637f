using System.CommandLine;
using Tachyon.Failover.Pairs;

namespace Tachyon.Failover.Cli.Commands;

/// <summary>One call of a command: its arguments, and the ways to answer.</summary>
internal sealed class CommandRun(ParseResult parsed, Surroundings surroundings)
{
    public ParseResult Parsed => parsed;

    public Surroundings Surroundings => surroundings;

    public bool IsJson { get; } = parsed.GetValue(CommonOptions.Json);

    public TimeProvider Time => surroundings.Time;

    /// <summary>Canceled by the operator's first Ctrl-C.</summary>
    public CancellationToken GivenUp => surroundings.Interrupts.GivenUp;

    /// <summary>Prints the answer of the command: text for people, or the one JSON object.</summary>
    /// <remarks>A failed write does not change the exit code: the work is done, even if the reader is gone.</remarks>
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

    /// <summary>Prints progress and notes, which are not part of the answer.</summary>
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

    /// <summary>Reads the pair file, with the environment and the command line's options over it. Prints notes on it.</summary>
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

    public FailoverCoordinator Coordinator(PairFile file, OpenPair pair)
    {
        file.Options.Journal = pair.Journal;
        return new FailoverCoordinator(file.Options, timeProvider: surroundings.Time);
    }

    /// <summary>The node that --to names; null if --to was not given.</summary>
    /// <exception cref="UsageException">No node has this name.</exception>
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

    /// <summary>Asks whether to continue. Not called with --yes.</summary>
    /// <param name="question">What the command is about to do.</param>
    /// <param name="word">The word to type.</param>
    /// <param name="orYes">Whether y or yes is accepted as well.</param>
    /// <exception cref="OperationCanceledException">The operator typed anything else.</exception>
    public async Task ConfirmAsync(string question, string word, bool orYes = true)
    {
        await surroundings.Error.WriteAsync($"{Environment.NewLine}{question} Type {word}{(orYes ? " or y" : "")} to continue; anything else changes nothing: ");
        await surroundings.Error.FlushAsync(GivenUp);
        var typed = (await surroundings.ReadLine(GivenUp))?.Trim();
        if (!string.Equals(typed, word, StringComparison.OrdinalIgnoreCase) && !(orYes && typed?.ToUpperInvariant() is ("Y" or "YES")))
        {
            throw new OperationCanceledException("Nothing was changed.");
        }
    }

    /// <summary>Refuses to continue if there is no terminal to ask on.</summary>
    /// <exception cref="UsageException">There is no terminal, and --yes was not given.</exception>
    public void RequireSomebodyToAsk(bool yes)
    {
        if (!yes && !surroundings.CanAsk)
        {
            throw new UsageException($"{parsed.CommandResult.Command.Name} asks before it changes anything, and there is no terminal to ask on. Give --yes to continue without a question");
        }
    }
}
