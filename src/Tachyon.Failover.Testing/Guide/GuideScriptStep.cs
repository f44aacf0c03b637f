using System.Text;

namespace Tachyon.Failover.Testing.Guide;

/// <summary>A step of the guide's script.</summary>
public sealed record GuideScriptStep
{
    /// <summary>What it does.</summary>
    public required string Name { get; init; }

    /// <summary>How long it took.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>The exit code of its command.</summary>
    public required int ExitCode { get; init; }

    /// <summary>What the command said on standard error.</summary>
    public required string Errors { get; init; }

    /// <summary>What the command said on standard output.</summary>
    public string Output => Encoding.UTF8.GetString(Bytes);

    internal byte[] Bytes { get; init; } = [];
}
