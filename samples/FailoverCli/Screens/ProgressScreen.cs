using Tachyon.Failover.Cli.Commands;
using Tachyon.Failover.Pairs;

namespace Tachyon.Failover.Cli.Screens;

/// <summary>Shows a running switchover, takeover or recovery, and says what Ctrl-C would do.</summary>
internal abstract class ProgressScreen : IProgress<FailoverProgress>, IAsyncDisposable
{
    private readonly Interrupts _interrupts;
    private readonly GivingUp _givingUp;

    protected ProgressScreen(Interrupts interrupts, ValidatorPair pair, RunKind kind)
    {
        _interrupts = interrupts;
        _givingUp = new GivingUp(pair, kind);
        interrupts.Heard = number => Say(_givingUp.Words(number));
    }

    public static ProgressScreen Open(CommandRun run, PairFile file, ValidatorPair pair, RunKind kind)
    {
        var outside = run.Surroundings;
        return outside.IsTerminal && !run.IsJson && !run.Parsed.GetValue(CommonOptions.Plain)
            ? new LiveScreen(outside, file, pair, kind)
            : new PlainScreen(outside, run.IsJson ? outside.Error : outside.Out, pair, kind);
    }

    public void Report(FailoverProgress value)
    {
        _givingUp.See(value);
        Show(value);
    }

    public virtual ValueTask DisposeAsync()
    {
        _interrupts.Heard = null;
        return ValueTask.CompletedTask;
    }

    /// <summary>Shows a progress report.</summary>
    protected abstract void Show(FailoverProgress value);

    /// <summary>Prints a line that the operator must read now.</summary>
    protected abstract void Say(string words);
}
