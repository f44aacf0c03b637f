using Tachyon.Failover.Tests.Architecture;

namespace Tachyon.Failover.IntegrationTests.Samples;

/// <summary>The programs of <c>samples</c>, as they were built with these tests.</summary>
internal static class BuiltSample
{
    /// <summary>The path of a sample's program.</summary>
    /// <param name="project">The folder in <c>samples</c>.</param>
    /// <param name="program">The name of its assembly.</param>
    public static string PathOf(string project, string program)
    {
        // bin/<configuration>/<framework>, as these tests.
        var built = AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar);
        return Path.Combine(Repository.Root, "samples", project, "bin", Path.GetFileName(Path.GetDirectoryName(built)!), Path.GetFileName(built), $"{program}.dll");
    }
}
