using System.Text.Json;
using Tachyon.Failover.Testing.Keypairs;
using Tachyon.Failover.Testing.Simulation.Time;
using Tachyon.Failover.Testing.Simulation.Validator;
using Tachyon.Failover.Testing.StandIns.Cluster;
using Tachyon.Failover.Testing.StandIns.Commands;
using Tachyon.Failover.Testing.StandIns.Rpc;

namespace Tachyon.Failover.Testing.StandIns.Validator;

/// <summary>The admin methods of a validator, for both callers: the socket, and the command line through it.</summary>
internal sealed class AdminMethods(ClientWords client, ValidatorProcessOptions options, EventPump pump, ValidatorModel model, FileTowerStore towers, DateTimeOffset startedAt)
{
    /// <summary>The port of the node's JSON-RPC; 0 until it serves.</summary>
    public int RpcPort { get; set; }

    /// <summary>Calls a method.</summary>
    /// <exception cref="JsonRpcException">The call is refused.</exception>
    public async Task<Action<Utf8JsonWriter>> CallAsync(string method, IReadOnlyList<JsonElement> parameters)
    {
        switch (method)
        {
            case "setIdentity":
                Expect(parameters, 2);
                await SetIdentityAsync(ReadIdentity(parameters[0].GetString()!), parameters[1].GetBoolean()).ConfigureAwait(false);
                return Null;
            case "setIdentityFromBytes":
                Expect(parameters, 2);
                await SetIdentityAsync(FromBytes(parameters[0]), parameters[1].GetBoolean()).ConfigureAwait(false);
                return Null;
            case "addAuthorizedVoter":
                Expect(parameters, 1);
                AddVoter(KeypairFiles.Read(parameters[0].GetString()!) is var (keypair, error) && error is not null ? throw Refused(error) : keypair!);
                return Null;
            case "addAuthorizedVoterFromBytes":
                Expect(parameters, 1);
                AddVoter(FromBytes(parameters[0]));
                return Null;
            case "removeAllAuthorizedVoters":
                pump.Post(model.RemoveAllAuthorizedVoters);
                return Null;
            case "contactInfo":
                return ContactInfo(Started(() => model.Identity));
            case "rpcAddress":
                return RpcPort == 0 ? Null : writer => writer.WriteStringValue($"127.0.0.1:{RpcPort}");
            case "startProgress":
                var running = pump.Ask(() => model.IsStarted);
                return writer => writer.WriteStringValue(running ? "Running" : "StartingServices");
            case "startTime":
                return StartTime;
            default:
                throw JsonRpcException.UnknownMethod();
        }
    }

    private static void Null(Utf8JsonWriter writer) => writer.WriteNullValue();

    private static JsonRpcException Refused(string words) => new(JsonRpcException.InvalidParams, words);

    private static void Expect(IReadOnlyList<JsonElement> parameters, int count)
    {
        if (parameters.Count != count)
        {
            throw Refused($"Invalid params: invalid length {parameters.Count}, expected a tuple of size {count}.");
        }
    }

    private static ValidatorKeypair ReadIdentity(string path)
    {
        var (keypair, error) = KeypairFiles.Read(path);
        return keypair ?? throw Refused($"Failed to read identity keypair from {path}: {error}");
    }

    private static ValidatorKeypair FromBytes(JsonElement bytes) =>
        KeypairFiles.Parse(bytes.GetRawText()).Keypair ?? throw Refused("Failed to read identity keypair from provided byte array: signature error");

    private void AddVoter(ValidatorKeypair keypair)
    {
        if (!pump.Ask(() => model.AddAuthorizedVoter(keypair.Pubkey)))
        {
            throw Refused("Authorized voter already present");
        }
    }

    private async Task SetIdentityAsync(ValidatorKeypair keypair, bool requireTower)
    {
        var done = new TaskCompletionSource<string?>(TaskCreationOptions.RunContinuationsAsynchronously);
        Started(() =>
        {
            towers.Know(keypair);
            model.SetIdentity(keypair.Pubkey, requireTower, done.SetResult);
            return true;
        });
        if (await done.Task.ConfigureAwait(false) is { } error)
        {
            throw Refused(error);
        }
    }

    private T Started<T>(Func<T> question) =>
        pump.Ask(() => model.IsStarted ? question() : throw Refused("Retry once validator start up is complete"));

    private Action<Utf8JsonWriter> ContactInfo(Pubkey identity)
    {
        var updated = pump.Ask(() => pump.Queue.Now);
        string Address(int port) => ClusterNodeAnswers.Address(options.Node, port);
        return writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("gossip", Address(1));
            writer.WriteString("id", identity.ToString());
            writer.WriteNumber("last_updated_timestamp", updated.ToUnixTimeMilliseconds());
            writer.WriteString("rpc", ClusterNodeAnswers.PublicRpc(RpcPort));
            writer.WriteString("rpc_pubsub", Address(900));
            writer.WriteString("serve_repair", Address(13));
            writer.WriteString("serve_repair_quic", Address(14));
            writer.WriteNumber("shred_version", ClusterMethods.ShredVersion);
            writer.WriteString("tpu", client.TakesUdp ? Address(4) : ClusterNodeAnswers.NoPort);
            writer.WriteString("tpu_forwards", client.TakesUdp ? Address(5) : ClusterNodeAnswers.NoPort);
            writer.WriteString("tpu_vote", Address(6));
            writer.WriteString("tvu", Address(2));
            if (client.TakesUdp)
            {
                writer.WriteString("tvu_quic", Address(3));
            }

            writer.WriteEndObject();
        };
    }

    private void StartTime(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteNumber("nanos_since_epoch", startedAt.Ticks % TimeSpan.TicksPerSecond * 100);
        writer.WriteNumber("secs_since_epoch", startedAt.ToUnixTimeSeconds());
        writer.WriteEndObject();
    }
}
