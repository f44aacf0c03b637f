namespace Tachyon.Failover.Rehearsal;

/// <summary>The output of the rehearsal.</summary>
internal sealed class Screen(TextWriter writer) : IProgress<FailoverProgress>
{
    public void Say(string line) => writer.WriteLine(line);

    public void Report(FailoverProgress value)
    {
        // A terminal shows a step while it runs. A file gets only the results.
        if (value.Result is not null || value.Note is not null)
        {
            writer.WriteLine($"  {value}");
        }
        else if (!Console.IsOutputRedirected)
        {
            writer.Write($"  {value}\r");
        }
    }
}
