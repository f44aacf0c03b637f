using Tachyon.Failover.Cluster;
using Tachyon.Failover.Journal;
using Tachyon.Failover.Shells;

namespace Tachyon.Failover.Pairs;

/// <summary>Reaches the nodes over the shells that the pair file names.</summary>
internal sealed class PairOpener : IPairOpener
{
    public OpenPair Open(PairFile file, TimeProvider time)
    {
        MakeFolder(file);
        return Build(file, time);
    }

    /// <summary>Everything that reaches the nodes, without touching one, or this machine: what a check of the pair file must find out.</summary>
    /// <exception cref="PairFileException">The library refuses something of it.</exception>
    public static OpenPair Build(PairFile file, TimeProvider time)
    {
        try
        {
            return BuildParts(file, time);
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidSettingsException)
        {
            throw new PairFileException(file.Path, [new PairFileError { Field = "", Problem = exception.Message.TrimEnd('.'), Remedy = "change what it names" }]);
        }
    }

    private static OpenPair BuildParts(PairFile file, TimeProvider time)
    {
        var parts = new List<IAsyncDisposable>();
        var first = Shell(file.First, time, parts);
        var second = Shell(file.Second, time, parts);
        var cluster = file.Cluster is null ? null : Rpc(file.Cluster, time, parts);
        Witness[] witnesses = [.. file.Witnesses.Select(address => new Witness { Name = address.Authority, Rpc = Rpc(address, time, parts) })];

        var pair = new ShellValidatorPair(file.Identity, file.First.Validator, first, file.Second.Validator, second, cluster, timeProvider: time) { Witnesses = witnesses };
        parts.Add(pair);
        var journal = new FileFailoverJournal(file.Journal);
        parts.Add(journal);
        return new OpenPair(pair.FromAToB, pair.FromBToA, journal, parts);
    }

    /// <summary>Creates the journal's folder, readable by its owner alone.</summary>
    private static void MakeFolder(PairFile file)
    {
        var folder = Path.GetDirectoryName(file.Journal)!;
        try
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(folder);
            }
            else
            {
                Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new PairFileException(file.Path, [new PairFileError
            {
                Field = "journal",
                Value = file.Journal,
                Problem = $"journal is \"{file.Journal}\", and its folder cannot be made: {exception.Message.TrimEnd('.')}",
                Remedy = "name another file with journal",
            }]);
        }
    }

    private static HttpClusterRpc Rpc(Uri address, TimeProvider time, List<IAsyncDisposable> parts)
    {
        var http = ForeignServer.NewClient();
        parts.Add(new Owned(http));
        var rpc = new HttpClusterRpc(http, address, timeProvider: time);
        parts.Add(new Owned(rpc));
        return rpc;
    }

    private static IShell Shell(NodeSettings node, TimeProvider time, List<IAsyncDisposable> parts)
    {
        IShell shell = node.Ssh is not null ? new SshNetShell(node.Ssh, timeProvider: time)
            : node.OpenSsh is not null ? new OpenSshShell(node.OpenSsh, timeProvider: time)
            : new LocalShell(node.Validator.Name);
        parts.Add(shell);
        return shell;
    }

    private sealed class Owned(IDisposable part) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            part.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
