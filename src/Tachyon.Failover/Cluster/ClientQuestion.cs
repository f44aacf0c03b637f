namespace Tachyon.Failover.Cluster;

/// <summary>Asks an RPC which client it is, and by which consensus its cluster votes. Throws nothing: what is not answered is unknown.</summary>
internal static class ClientQuestion
{
    /// <summary>The feature that begins the change from towers to Alpenglow (Agave's feature set, <c>alpenglow</c>). A cluster with another set does not have the account.</summary>
    public static readonly Pubkey Feature = Pubkey.Parse("mustRekeyVm2QHYB3JPefBiU4BY3Z6JkW2k3Scw5GWP");

    /// <summary>The version of the node; null if it does not say.</summary>
    public static Task<string?> VersionAsync(IClusterRpc rpc, CancellationToken cancellationToken) =>
        AnswerAsync(() => rpc.GetVersionAsync(cancellationToken), cancellationToken);

    /// <summary>Whether the node shows the certificate with which Alpenglow began; null if it does not say.</summary>
    public static Task<bool?> HasCertAsync(IClusterRpc rpc, CancellationToken cancellationToken) =>
        AnswerAsync(() => rpc.GetAgGenesisCertAsync(cancellationToken), cancellationToken);

    /// <summary>The same, and whether the change has begun: only a node that knows the method and shows no certificate can be in it.</summary>
    public static async Task<(bool? HasCert, bool? IsActive)> AskAsync(IClusterRpc rpc, CancellationToken cancellationToken)
    {
        var hasCert = await HasCertAsync(rpc, cancellationToken).ConfigureAwait(false);
        return (hasCert, hasCert == false ? await AnswerAsync(IsActiveAsync, cancellationToken).ConfigureAwait(false) : null);

        async Task<bool?> IsActiveAsync() => (await rpc.GetAccountInfoAsync(Feature, Commitment.Processed, cancellationToken).ConfigureAwait(false))?.IsActiveFeature == true;
    }

    private static async Task<T?> AnswerAsync<T>(Func<Task<T>> question, CancellationToken cancellationToken)
    {
        try
        {
            return await question().WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // A part of an embedder may throw anything.
            return default;
        }
    }
}
