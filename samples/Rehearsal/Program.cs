using System.CommandLine;
using System.CommandLine.Parsing;
using Tachyon.Failover.Rehearsal;
using Tachyon.Failover.Testing.StandIns;

Option<SshClientKind?> ssh = new("--ssh")
{
    Description = "Reach the nodes over two real OpenSSH servers on loopback, not by local shells: by the library itself, or with 'openssh' by this machine's ssh.",
    Arity = ArgumentArity.ZeroOrOne,
    CustomParser = result => result.Tokens.Count == 0 ? SshClientKind.Net : Enum.TryParse<SshClientKind>(result.Tokens[0].Value, ignoreCase: true, out var kind) && Enum.IsDefined(kind) ? kind : Unknown(result),
};
ssh.Recursive = true;
Option<bool> guide = new("--guide") { Description = "Do it as the guide's script does, to see the difference." };
Option<StandInClient> client = new("--client")
{
    Description = "The client that both validators behave as: 4.0, or 2.2, whose set-identity takes up to a second.",
    DefaultValueFactory = _ => StandInClient.Agave40,
    CustomParser = ClientOf,
    Recursive = true,
};
Option<int> roundTrip = new("--round-trip") { Description = "The time to each host and back in ms, 0 to 2000. Only with --ssh." };
roundTrip.Validators.Add(result => Check(result, roundTrip, most: 2000, needed: ssh));
Option<int> pause = new("--pause") { Description = "How long the guide's script waits between the demotion and the copy, in ms, 0 to 60000. Only with --guide." };
pause.Validators.Add(result => Check(result, pause, most: 60000, needed: guide));
Option<bool> json = new("--json") { Description = "Print one JSON object on standard output, and nothing else." };
Option<FileInfo> picture = new("--picture") { Description = "Write the picture of the last switchover there, as SVG. Not with --guide." };
Option<int> count = new("--count") { Description = "How many switchovers, there and back in turn.", DefaultValueFactory = _ => 2 };
Option<ulong> seed = new("--seed") { Description = "The seed of the simulated cluster.", DefaultValueFactory = _ => 1 };
seed.Recursive = true;
count.Validators.Add(result =>
{
    if (result.GetValueOrDefault<int>() is < 1 or > 1000)
    {
        result.AddError($"--count is {result.GetValueOrDefault<int>()}; give a number from 1 to 1000.");
    }
});

picture.Validators.Add(result =>
{
    if (result.GetResult(guide) is { Implicit: false })
    {
        result.AddError("--picture is of the library's way; leave out --guide.");
    }
});

Argument<FileInfo> pairFile = new("pair-file") { Description = "Where to write a pair file for it; none that is there is overwritten." };
Command practice = new("practice", "Keeps the cluster and the stand-ins up until Ctrl-C, so that you can try samples/FailoverCli on them.") { pairFile };
practice.SetAction((parsed, cancellationToken) => Practice.KeepAsync(parsed.GetRequiredValue(pairFile), OptionsOf(parsed), cancellationToken));

RootCommand command = new("Moves a staked identity between two simulated validators, and shows every step and what the chain saw.") { ssh, client, roundTrip, guide, pause, json, picture, count, seed, practice };
command.SetAction((parsed, cancellationToken) => Stage.PlayAsync(OptionsOf(parsed), cancellationToken));

// Disposing the scene ends servers and stand-ins.
return await command.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(30) });

RehearsalOptions OptionsOf(ParseResult parsed) => new()
{
    Ssh = parsed.GetValue(ssh),
    Client = parsed.GetValue(client),
    RoundTrip = TimeSpan.FromMilliseconds(parsed.GetValue(roundTrip)),
    Pause = TimeSpan.FromMilliseconds(parsed.GetValue(pause)),
    ByGuide = parsed.GetValue(guide),
    AsJson = parsed.GetValue(json),
    Picture = parsed.GetValue(picture),
    Count = parsed.GetValue(count),
    Seed = parsed.GetValue(seed),
};

static SshClientKind? Unknown(ArgumentResult result)
{
    result.AddError($"--ssh is '{result.Tokens[0].Value}'; give net or openssh, or nothing for net.");
    return null;
}

static StandInClient ClientOf(ArgumentResult result)
{
    switch (result.Tokens[0].Value)
    {
        case "4.0":
            return StandInClient.Agave40;
        case "2.2":
            return StandInClient.Tachyon22;
        default:
            result.AddError($"--client is '{result.Tokens[0].Value}'; give 4.0 or 2.2.");
            return default;
    }
}

static void Check(OptionResult result, Option<int> option, int most, Option needed)
{
    var given = result.GetValueOrDefault<int>();
    if (given < 0 || given > most)
    {
        result.AddError($"{option.Name} is {given}; give a number from 0 to {most}.");
    }
    else if (given > 0 && result.GetResult(needed) is not { Implicit: false })
    {
        result.AddError($"{option.Name} does nothing without {needed.Name}; add it.");
    }
}
