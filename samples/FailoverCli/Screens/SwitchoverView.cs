using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;
using Tachyon.Failover.Cli.Status;

namespace Tachyon.Failover.Cli.Screens;

/// <summary>The content of the live screen. Thread-safe: one thread reports, another draws.</summary>
internal sealed class SwitchoverView
{
    private static readonly TimeSpan SpinnerTurn = TimeSpan.FromMilliseconds(100);
    private static readonly string[] Turns = ["|", "/", "-", "\\"];

    private readonly Lock _turn = new();
    private readonly ValidatorPair _pair;
    private readonly SlotWatch _slots;
    private readonly TimeProvider _time;
    private readonly RunKind _kind;
    private readonly long _opened;
    private readonly List<StepRow> _steps;
    private readonly List<string> _said = [];
    private readonly NodeRow[] _nodes;

    public SwitchoverView(ValidatorPair pair, SlotWatch slots, TimeProvider time, RunKind kind)
    {
        (_pair, _slots, _time, _kind, _opened) = (pair, slots, time, kind, time.GetTimestamp());
        _steps = kind != RunKind.Switchover ? [] : [.. FailoverProgress.StepsOfSwitchover.Select(step => new StepRow(step))];
        _nodes = [new NodeRow(pair.Source.Name), new NodeRow(pair.Target.Name)];
    }

    public void Take(FailoverProgress progress)
    {
        lock (_turn)
        {
            var row = _steps.Find(step => step.Step == progress.Step);
            if (row is null)
            {
                _steps.Add(row = new StepRow(progress.Step));
            }

            row.Take(progress, _time.GetTimestamp());
            if (progress.Result is { IsDone: true })
            {
                Done(progress);
            }
        }
    }

    public void Say(string words)
    {
        lock (_turn)
        {
            _said.Add(words);
        }
    }

    public IRenderable Draw()
    {
        lock (_turn)
        {
            var title = _kind switch
            {
                RunKind.Recovery => $"Recovery of {_nodes[0].Name} and {_nodes[1].Name}",
                RunKind.Takeover => $"Takeover from {_nodes[0].Name} by {_nodes[1].Name}",
                _ => $"Switchover from {_nodes[0].Name} to {_nodes[1].Name}",
            };
            var parts = new List<IRenderable>
            {
                new Markup(string.Create(CultureInfo.InvariantCulture, $"[bold]{Markup.Escape(title)}[/]  {_time.GetElapsedTime(_opened).TotalSeconds:0.0} s")),
                new Text($"staked identity {_pair.StakedIdentity}"),
                Nodes(),
                new Text(""),
                Slots(),
                new Text(""),
                Steps(),
            };
            parts.AddRange(_said.Select(words => new Markup($"[yellow]{Markup.Escape(words)}[/]")));
            return new Rows(parts);
        }
    }

    private void Done(FailoverProgress progress)
    {
        if (progress.Step == "Preflight")
        {
            if (_kind == RunKind.Switchover)
            {
                _nodes[0].Begin(isSource: true);
            }

            _nodes[1].Begin(isSource: false);
        }

        if (progress.Step == "CleanUp")
        {
            _nodes[0].HasItsVotersBack();
        }

        foreach (var node in _nodes.Where(node => node.Name == progress.Node))
        {
            node.Done(progress.Step);
        }

        if (progress.Step == "Verify")
        {
            _nodes[1].IsSeenVoting();
        }
    }

    private Grid Nodes()
    {
        var grid = Columns(4);
        grid.AddRow(Grey("node"), Grey("runs"), Grey("votes"), Grey("link"));
        foreach (var node in _nodes)
        {
            grid.AddRow(new Text(node.Name), Word(node.Runs), Word(node.Votes), Word(node.Link));
        }

        return grid;
    }

    private Grid Slots()
    {
        var grid = Columns(2);
        var reading = _slots.Read();
        grid.AddRow(Grey("slot"), new Text(reading?.Clock ?? "not known"));
        grid.AddRow(Grey("leader"), new Text(reading?.Leads ?? "not known"));
        grid.AddRow(Grey("window"), new Text(reading?.Window ?? "not known"));
        return grid;
    }

    private Grid Steps()
    {
        var grid = Columns(4);
        foreach (var step in _steps)
        {
            grid.AddRow(new Text(Number(step.Step)), Name(step), Time(step), new Text(Words(step)));
        }

        return grid;
    }

    // A takeover has steps of its own, in another order.
    private string Number(string step)
    {
        if (_kind == RunKind.Takeover)
        {
            return "";
        }

        var place = FailoverProgress.StepsOfSwitchover.TakeWhile(one => one != step).Count() + 1;
        return place <= FailoverProgress.StepsOfSwitchover.Count ? place.ToString(CultureInfo.InvariantCulture).PadLeft(2) : " <";
    }

    private static Markup Name(StepRow step)
    {
        var words = $"{StepRow.Words(step.Step)}{(step.Node is null ? "" : $" on {step.Node}")}";
        var colour = step switch { { Begun: not null } => "bold", { Result.IsDone: true } => "green", { Result: not null } => "red", _ => "grey" };
        return new Markup($"[{colour}]{Markup.Escape(words)}[/]");
    }

    private Text Time(StepRow step)
    {
        var time = step.Begun is { } begun ? _time.GetElapsedTime(begun) : step.Elapsed;
        return new Text(step is { Begun: null, Result: null } ? "" : (time < TimeSpan.FromSeconds(1)
            ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0} ms")
            : string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s")).PadLeft(8));
    }

    private string Words(StepRow step)
    {
        if (step.Begun is { } begun)
        {
            var turn = Turns[(int)(_time.GetElapsedTime(begun) / SpinnerTurn) % Turns.Length];
            return step.Note is null ? turn : $"{turn} {step.Note.ReplaceLineEndings(" ")}";
        }

        return step switch
        {
            { Step: "Preflight", Result.Failure: CallFailure.Refused } => "refused; what was found follows",
            { Step: "AwaitRestartWindow", Result: { IsDone: true, Detail: { } detail } } => $"done, {detail}",
            _ => step.Result?.ToString().ReplaceLineEndings(" ") ?? "",
        };
    }

    private static Markup Grey(string words) => new($"[grey]{Markup.Escape(words)}[/]");

    private static Markup Word(string word) => word is "staked" or "yes" ? new Markup($"[green]{word}[/]") : new Markup(Markup.Escape(word));

    private static Grid Columns(int count)
    {
        var grid = new Grid();
        for (var i = 0; i < count; i++)
        {
            var column = new GridColumn().PadRight(3).PadLeft(0);
            grid.AddColumn(i < count - 1 ? column.NoWrap() : column);
        }

        return grid;
    }
}
