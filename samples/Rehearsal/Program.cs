using System.CommandLine;
using Tachyon.Failover.Rehearsal;

Option<bool> ssh = new("--ssh") { Description = "Reach the nodes over two real OpenSSH servers on loopback, not by local shells." };
Option<bool> guide = new("--guide") { Description = "Do it as the guide's script does, to see the difference." };
Option<bool> json = new("--json") { Description = "Print one JSON object on standard output, and nothing else." };
Option<int> count = new("--count") { Description = "How many switchovers, there and back in turn.", DefaultValueFactory = _ => 2 };
Option<ulong> seed = new("--seed") { Description = "The seed of the simulated cluster.", DefaultValueFactory = _ => 1 };
count.Validators.Add(result =>
{
    if (result.GetValueOrDefault<int>() is < 1 or > 1000)
    {
        result.AddError($"--count is {result.GetValueOrDefault<int>()}; give a number from 1 to 1000.");
    }
});

RootCommand command = new("Moves a staked identity between two simulated validators, and shows every step and what the chain saw.") { ssh, guide, json, count, seed };
command.SetAction((parsed, cancellationToken) => Stage.PlayAsync(
    new RehearsalOptions
    {
        OverSsh = parsed.GetValue(ssh),
        ByGuide = parsed.GetValue(guide),
        AsJson = parsed.GetValue(json),
        Count = parsed.GetValue(count),
        Seed = parsed.GetValue(seed),
    },
    cancellationToken));
return await command.Parse(args).InvokeAsync();
