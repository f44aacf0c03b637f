using Tachyon.Failover.Decisions;

namespace Tachyon.Failover.Tests.Decisions;

/// <summary>The way of an explorer to where it is. It becomes text only when something is broken: there are millions of ways.</summary>
internal sealed class Way
{
    private readonly Way? _before;
    private readonly string _words;
    private readonly FailoverStep _step;
    private readonly object? _of;

    private Way(Way? before, string words, FailoverStep step = default, object? of = null)
    {
        (_before, _words, _step, _of) = (before, words, step, of);
        Count = before is null ? 0 : before.Count + 1;
    }

    public static Way Start { get; } = new(before: null, "");

    public int Count { get; }

    public Way Add(string words) => new(this, words);

    /// <param name="step">The step.</param>
    /// <param name="answer">The answer to it.</param>
    public Way Add(FailoverStep step, string answer) => new(this, answer, step);

    /// <param name="words">What happens.</param>
    /// <param name="of">To what.</param>
    public Way Add(string words, object of) => new(this, words, of: of);

    public bool Contains(string words)
    {
        for (var at = this; at is not null; at = at._before)
        {
            if (ReferenceEquals(at._words, words))
            {
                return true;
            }
        }

        return false;
    }

    public override string ToString()
    {
        var lines = new Stack<string>();
        for (var at = this; at._before is not null; at = at._before)
        {
            lines.Push(at._step == default ? $"{at._words}{at._of}" : $"{at._step}: {at._words}");
        }

        return string.Join("\n  ", lines);
    }
}
