using System.Collections.Immutable;

namespace Tachyon.Failover.Mutants;

/// <summary>The tests of the decisions, with an exchanged library.</summary>
internal sealed class TestRun(string testFolder) : IDisposable
{
    private const string Namespace = "Tachyon.Failover.Tests.Decisions";

    /// <summary>A mutant that goes round in circles does not end. Without a change the tests need a few seconds.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    /// <summary>Those that go every way: seconds.</summary>
    private static readonly string[] Explorers = ["SwitchoverProtocolTests", "RecoverySafetyTests", "RecoveryPropertyTests", "RecoveryInterruptedTests"];

    // Run the fast tests first: they find nearly all mutants.
    private static readonly string[][] Stages =
    [
        ["-namespace", Namespace, .. Explorers.SelectMany(name => (string[])["-class-", $"{Namespace}.{name}"])],
        .. Explorers.Select(name => (string[])["-class", $"{Namespace}.{name}"]),
    ];

    private readonly ProgramCopy _tests = new(testFolder, "Tachyon.Failover.Tests.dll");

    /// <summary>Whether all tests pass with this library.</summary>
    public async Task<bool> PassesAsync(ImmutableArray<byte> library)
    {
        await _tests.ExchangeAsync(library).ConfigureAwait(false);
        foreach (var stage in Stages)
        {
            if (await _tests.RunAsync(["-noLogo", "-noColor", "-stopOnFail", .. stage], Limit, static line => line.Contains("[FAIL]", StringComparison.Ordinal)).ConfigureAwait(false) is not { Code: 0 })
            {
                return false;
            }
        }

        return true;
    }

    public void Dispose() => _tests.Dispose();
}
