using System.Net;
using System.Text.Json;
using Tachyon.Failover.Testing.Keypairs;
using Tachyon.Failover.Testing.Simulation.Gossip;
using Tachyon.Failover.Testing.Simulation.Time;
using Tachyon.Failover.Testing.Simulation.Validator;
using Tachyon.Failover.Testing.StandIns.Commands;
using Tachyon.Failover.Testing.StandIns.Launching;
using Tachyon.Failover.Testing.StandIns.Rpc;

namespace Tachyon.Failover.Testing.StandIns.Validator;

/// <summary>The process of a stand-in validator: the model with real files, a real socket and real time.</summary>
internal sealed class ValidatorProcess : IDisposable
{
    private readonly ValidatorProcessOptions _options;
    private readonly TimeProvider _time = TimeProvider.System;
    private readonly Faults _faults = new();
    private readonly RpcOverrides _overrides = new();
    private readonly EventPump _pump;
    private readonly ValidatorLog _log;
    private readonly FileTowerStore _towers;

    private ValidatorProcess(ValidatorProcessOptions options)
    {
        _options = options;
        _pump = new EventPump(_time);
        _log = new ValidatorLog(Path.Combine(options.Ledger, "validator.log"), _time);
        _towers = new FileTowerStore(options.Tower);
    }

    public static async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        using var process = new ValidatorProcess(ValidatorProcessOptions.Parse(arguments));
        return await process.RunAsync().ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _pump.Dispose();
        _log.Dispose();
    }

    private async Task<int> RunAsync()
    {
        var identity = Load(_options.Identity);
        _log.Write($"Starting validator with identity {identity.Pubkey}, {_options.AuthorizedVoters.Count} authorized voters");
        var staked = Pubkey.Parse(_options.VoteAccountNode);
        var client = ClientWords.Of(_options.Client);
        ValidatorModel? model = null;
        ValidatorMethods? methods = null;
        using var rpc = new JsonRpcHttpServer(IPAddress.Loopback, _options.RpcPort, AnswerAsync);
        using var outside = new PublicPort(rpc.Port, AnswerAsync, _options.IsReachable);

        async Task<Action<Utf8JsonWriter>> AnswerAsync(JsonRpcRequest request) => _overrides.Find(request.Method) ?? await methods!.AnswerAsync(request).ConfigureAwait(false);

        using var cluster = await ClusterConnection.OpenAsync(_options, rpc.Port, _faults).ConfigureAwait(false);
        model = new ValidatorModel(
            new ValidatorOptions
            {
                Node = _options.Node,
                Seed = _options.Seed,
                HasKeyLock = client.HasKeyLock,
                Identity = identity.Pubkey,
                VoteAccountNode = staked,
                AuthorizedVoter = staked,
                Voters = [.. _options.AuthorizedVoters.Select(path => Load(path).Pubkey)],
                StartTime = TimeSpan.FromMilliseconds(_options.StartMilliseconds),
            },
            _pump.Queue,
            _towers,
            cluster)
        {
            Log = _log.Write,
            Exited = DieAfterLastWords,
        };
        _pump.Woken = _ => model.OnWoken();
        using var ownMethods = new ValidatorMethods(_options, _pump, model);
        methods = ownMethods;

        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _ = OrDieAsync(ReadClusterAsync(cluster, model, started));
        var adminMethods = new AdminMethods(client, _options, _pump, model, _towers, _time.GetUtcNow()) { RpcPort = rpc.Port };
        var admin = new FaultyAdmin(adminMethods, _faults, _time, () => Die("killed by a fault"));
        using var socket = new AdminSocket(admin, new CommandSession(client, admin, methods.AnswerAsync, _time));
        socket.Listen(Path.Combine(_options.Ledger, "admin.rpc"));
        await started.Task.ConfigureAwait(false);
        ProcessControl.Say(new ControlMessage { Ready = true, RpcPort = rpc.Port });
        await ProcessControl.ObeyAsync(order => Obey(order, outside)).ConfigureAwait(false);
        _log.Write("The launcher is gone, exiting");
        return 0;
    }

    private async Task ReadClusterAsync(ClusterConnection cluster, ValidatorModel model, TaskCompletionSource started)
    {
        await cluster.ReadAsync(message => _pump.Post(() =>
        {
            if (message.History is { } history)
            {
                model.Start([.. history.Select(bank => bank.ToBank())]);
                started.TrySetResult();
            }

            if (message.Bank is { } bank)
            {
                model.OnBank(bank.ToBank());
                cluster.Replayed(bank.Slot);
            }

            if (message.GossipVote is { } vote)
            {
                model.OnGossipVote(Pubkey.Parse(vote.Identity), vote.Slot);
            }

            if (message.Contact is { } contact)
            {
                model.OnGossipContact(new GossipContact(contact.Node, Pubkey.Parse(contact.Identity), new DateTimeOffset(contact.SinceTicks, TimeSpan.Zero), contact.RpcPort));
            }
        })).ConfigureAwait(false);
        _log.Write("The cluster is gone");
    }

    /// <summary>No caller awaits this. A half-dead stand-in would be worse than none, so an error ends the process.</summary>
    private async Task OrDieAsync(Task task)
    {
        try
        {
            await task.ConfigureAwait(false);
        }
        catch (Exception e)
        {
            await Console.Error.WriteLineAsync(e.ToString()).ConfigureAwait(false);
            Die(e.ToString());
        }
    }

    private void Obey(ControlMessage order, PublicPort outside)
    {
        if (order.IsReachable is { } isReachable)
        {
            outside.IsOpen = isReachable;
        }

        _overrides.Obey(order);
        if (order.ClearFaults is true)
        {
            _faults.Clear();
        }

        if (order.Fault is { } fault)
        {
            _faults.Add(fault);
        }
    }

    private ValidatorKeypair Load(string path)
    {
        var keypair = ValidatorKeypair.Load(path);
        _towers.Know(keypair);

        // The first signature costs a tenth of a second of compilation, which must not delay the first vote.
        _ = keypair.Sign([]);
        return keypair;
    }

    /// <summary>The model has ended, but its last vote is still on its way: a validator panics over gossip after it has sent the vote. Real time is the subject: how long a process that panics still runs.</summary>
    private void DieAfterLastWords(string reason)
    {
        _log.Write(reason);
        _ = Task.Delay(TimeSpan.FromMilliseconds(20), _time).ContinueWith(_ => Environment.Exit(1), TaskScheduler.Default);
    }

    private void Die(string reason)
    {
        _log.Write(reason);
        _log.Dispose();
        Environment.Exit(1);
    }
}
