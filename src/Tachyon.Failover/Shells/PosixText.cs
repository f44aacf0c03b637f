using System.Globalization;

namespace Tachyon.Failover.Shells;

/// <summary>Values in the syntax that a node reads, independent of the coordinator's machine.</summary>
internal static class PosixText
{
    /// <summary>The folder of an absolute path on a node.</summary>
    public static string FolderOf(string path) => path.LastIndexOf('/') is > 0 and var end ? path[..end] : "/";

    /// <summary>A time in seconds, for <c>sleep</c> and <c>timeout</c>.</summary>
    public static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture);
}
