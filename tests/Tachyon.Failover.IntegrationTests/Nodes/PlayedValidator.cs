using System.Diagnostics;
using System.Runtime.Versioning;
using Tachyon.Failover.Contracts;

namespace Tachyon.Failover.IntegrationTests.Nodes;

/// <summary>Processes with the command lines of validators, and a program that answers <c>contact-info</c> as ordered. They end with the test.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed class PlayedValidator : IAsyncDisposable
{
    private const string Script =
        """
        #!/bin/sh
        case "$*" in (*contact-info) cat "$0.words"; exit "$(cat "$0.status")" ;; esac
        trap '' TERM HUP INT
        echo up
        read -r _
        """;

    private readonly List<Process> _processes = [];

    public PlayedValidator(TemporaryFolder folder)
    {
        Program = folder.File("tachyon-validator");
        File.WriteAllText(Program, Script + "\n");
        File.SetUnixFileMode(Program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        Answer("error: admin.rpc does not exist", status: 1);
    }

    public string Program { get; }

    /// <summary>What the program says to <c>contact-info</c> from now on.</summary>
    public void Answer(string words, int status)
    {
        File.WriteAllText($"{Program}.words", words + "\n");
        File.WriteAllText($"{Program}.status", status.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    /// <summary>Starts one, by way of other programs if any are given, and waits until it is up.</summary>
    public async Task<Process> StartAsync(NodeFolders node, params string[] wrapper)
    {
        return await RunAsync([.. wrapper, Program, "--identity", node.Settings.IdentityLink, "--ledger", node.Ledger, "--authorized-voter", node.Settings.StakedKeypair]);
    }

    /// <summary>Starts a process that is no validator, with some of the same words.</summary>
    public Task<Process> StartBystanderAsync(IReadOnlyList<string> words, params string[] wrapper) => RunAsync([.. wrapper, "sh", "-c", "echo up; read -r _", "sh", .. words]);

    private async Task<Process> RunAsync(string[] words)
    {
        var process = Process.Start(new ProcessStartInfo(words[0], words[1..]) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true })!;
        _processes.Add(process);
        Xunit.Assert.Equal("up", await process.StandardOutput.ReadLineAsync());
        return process;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
            process.Dispose();
        }
    }
}
