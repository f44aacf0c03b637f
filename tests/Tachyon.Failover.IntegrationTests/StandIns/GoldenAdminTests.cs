using System.Text.Json;
using FluentAssertions;
using Tachyon.Failover.Testing.StandIns;
using Xunit;

namespace Tachyon.Failover.IntegrationTests.StandIns;

/// <summary>Every recorded exchange over the admin socket, replayed.</summary>
public abstract class GoldenAdminTests(StandInFixture fixture)
{
    /// <summary>The recordings of both clients have the same names.</summary>
    public static TheoryData<string> Names { get; } = [.. JsonSerializer.Deserialize<JsonElement[]>(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", "admin-rpc.json")))!.Select(recording => recording.GetProperty("name").GetString()!)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Request_Recorded_IsAnsweredTheSame(string name)
    {
        var recording = Recordings().Single(recording => recording.GetProperty("name").GetString() == name);
        var node = name == "contactInfo-active" ? fixture.Cluster.A : fixture.Cluster.B;
        var scene = new GoldenScene(fixture.Client, node);
        if (node == fixture.Cluster.B)
        {
            scene.PlaceTower(name);
        }

        if (name == "addAuthorizedVoter")
        {
            await StandInFixture.AdminAsync(node, "removeAllAuthorizedVoters");
        }

        var request = scene.Ours(recording.GetProperty("request").GetString()!);
        var answer = await StandInFixture.AdminAsync(node, request, TimeSpan.FromSeconds(name == "malformed" ? 1 : 10));

        var expected = scene.Ours(recording.GetProperty("response").GetString()!);
        if (name.StartsWith("contactInfo", StringComparison.Ordinal) || name is "rpcAddress" or "startTime")
        {
            (expected, answer) = (GoldenScene.WithoutNumbers(expected), GoldenScene.WithoutNumbers(answer));
        }

        answer.Should().Be(expected);
    }

    [Fact]
    public void Socket_Mode_IsItsUsersOnly()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Stand-ins run on Linux.");
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(Path.Combine(fixture.Cluster.A.Ledger, "admin.rpc"))
                .Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private JsonElement[] Recordings() =>
        JsonSerializer.Deserialize<JsonElement[]>(File.ReadAllText(Path.Combine(fixture.Golden, "admin-rpc.json")))!;
}

public sealed class GoldenAdmin40Tests(StandInFixture fixture) : GoldenAdminTests(fixture), IClassFixture<StandInFixture>;

public sealed class GoldenAdmin22Tests(Tachyon22Fixture fixture) : GoldenAdminTests(fixture), IClassFixture<Tachyon22Fixture>;
