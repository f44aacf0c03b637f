using System.CommandLine;
using System.CommandLine.Parsing;
using Tachyon.Failover.Rehearsal;

Option<SshClientKind?> ssh = new("--ssh")
{
    Description = "Reach the nodes over two real OpenSSH servers on loopback, not by local shells: by the library itself, or with 'openssh' by this machine's ssh.",
    Arity = ArgumentArity.ZeroOrOne,
    CustomParser = result => result.Tokens.Count == 0 ? SshClientKind.Net : Enum.TryParse<SshClientKind>(result.Tokens[0].Value, ignoreCase: true, out var kind) && Enum.IsDefined(kind) ? kind : Unknown(result),
};
ssh.Recursive = true;
Option<bool> guide = new("--guide") { Description = "Do it as the guide's script does, to see the difference." };
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

RootCommand command = new("Moves a staked identity between two simulated validators, and shows every step and what the chain saw.") { ssh, guide, json, picture, count, seed, practice };
command.SetAction((parsed, cancellationToken) => Stage.PlayAsync(OptionsOf(parsed), cancellationToken));

// Disposing the scene ends servers and stand-ins.
return await command.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(30) });

RehearsalOptions OptionsOf(ParseResult parsed) => new()
{
    Ssh = parsed.GetValue(ssh),
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
