namespace Tachyon.Failover.Rehearsal;

/// <summary>Where the rehearsal is told.</summary>
internal sealed class Screen(TextWriter writer) : IProgress<FailoverProgress>
{
    public void Say(string line) => writer.WriteLine(line);

    public void Report(FailoverProgress value)
    {
        // A step that is only begun is shown while it lasts, on a terminal; a file gets the results.
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
