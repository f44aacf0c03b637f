namespace Tachyon.Failover.Testing.Guide;

/// <summary>The result of the guide's script.</summary>
public sealed record GuideScriptRun
{
    /// <summary>The steps that ran, in order. The last one failed if <see cref="Succeeded"/> is false.</summary>
    public required IReadOnlyList<GuideScriptStep> Steps { get; init; }

    /// <summary>Whether every command succeeded. It tells nothing of the votes.</summary>
    public bool Succeeded => Steps.All(step => step.ExitCode == 0);
}
