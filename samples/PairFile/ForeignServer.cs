namespace Tachyon.Failover.Pairs;

/// <summary>A server that is not the operator's: an RPC or a webhook.</summary>
internal static class ForeignServer
{
    /// <summary>
    /// A client that follows no redirect and keeps no cookie. A server could otherwise send this program to the operator's own network, or to another server whose answer would count as its own.
    /// </summary>
    public static HttpClient NewClient() => new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
}
