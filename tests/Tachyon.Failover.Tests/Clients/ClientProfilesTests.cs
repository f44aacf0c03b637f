using FluentAssertions;
using Tachyon.Failover.Clients;
using Tachyon.Failover.Tests.Architecture;
using Xunit;

namespace Tachyon.Failover.Tests.Clients;

/// <summary>What docs/clients.md says of each client is what the code knows of it.</summary>
public sealed class ClientProfilesTests
{
    [Fact]
    public void Docs_OfTheProfiles_AreThese() => MadeDocs.ShouldHold(
        "docs/clients.md",
        "profiles",
        string.Join('\n', [
            "| versions | measured | `set-identity` takes | differs from the row above | source of the facts, and their date |",
            "|---|---|---|---|---|",
            .. ClientProfiles.All.Select(static profile => $"| {profile.Versions} | {string.Join(", ", profile.Measured)} | {profile.SetIdentityTakes} | {profile.Differs} | {profile.Source} |"),
        ]));

    [Fact]
    public void Refusals_OfAllClients_HaveOneMeaningEach() => ClientProfiles.Refusals.Select(static one => one.Words).Should().OnlyHaveUniqueItems();
}
