using System.Security.Cryptography;

namespace Tachyon.Failover.Nodes;

/// <summary>A part of a name that cannot be guessed, and so cannot be taken before it is used.</summary>
internal static class UnguessableName
{
    public static string New() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
}
