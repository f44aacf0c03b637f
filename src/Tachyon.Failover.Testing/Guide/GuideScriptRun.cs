namespace Tachyon.Failover.Testing.Guide;

/// <summary>What running the guide's script brought.</summary>
public sealed record GuideScriptRun
{
    /// <summary>The steps that were run, in order; the last one failed if <see cref="Succeeded"/> is false.</summary>
    public required IReadOnlyList<GuideScriptStep> Steps { get; init; }

    /// <summary>Whether every command succeeded, which says nothing of the votes.</summary>
    public bool Succeeded => Steps.All(step => step.ExitCode == 0);
}
