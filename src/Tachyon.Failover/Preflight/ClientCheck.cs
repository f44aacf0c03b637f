using Tachyon.Failover.Clients;

namespace Tachyon.Failover.Preflight;

/// <summary>TF113: client and version are the same on both nodes, and a restart would start the program that runs now.</summary>
internal sealed class ClientCheck() : SurveyCheck("TF113")
{
    private const string Expected = "the same client and version on both nodes";

    protected override IEnumerable<PreflightFinding> Probe(ValidatorPair pair, PairSurvey survey)
    {
        foreach (var node in survey.Nodes)
        {
            if (node.Inspection.Value?.Version is not { } program)
            {
                yield return Unseen(node.Name, node.Inspection.IsDone ? "the program did not print its version" : node.Inspection.Call.ToString(), Expected);
            }
            else if (node.RunningVersion.Value is not { } running)
            {
                yield return Unseen(node.Name, node.RunningVersion.Call, Expected);
            }
            else if (VersionOf(program) != running)
            {
                yield return Warning(node.Name, $"the validator runs {running}, and the program is {program}", "the program that runs", "restart the validator while it is inactive, or name the program that runs");
            }
        }

        var (source, target) = (survey.Source, survey.Target);
        if (source.Inspection.Value?.Version is { } a && target.Inspection.Value?.Version is { } b && (ClientOf(a) != ClientOf(b) || VersionOf(a) != VersionOf(b)))
        {
            yield return ReadEachOther(ClientVersion.OfProgram(a), ClientVersion.OfProgram(b))
                ? Note(null, $"{source.Name} has {a}, {target.Name} has {b}: each reads the other's towers", Expected)
                : Warning(null, $"{source.Name} has {a}, {target.Name} has {b}", Expected, "check that both clients read each other's towers, or install the same version");
        }
        else if (source.RunningVersion.Value is { } c && target.RunningVersion.Value is { } d && c != d)
        {
            yield return ReadEachOther(ClientVersion.OfRunning(c), ClientVersion.OfRunning(d))
                ? Note(null, $"{source.Name} runs {c}, {target.Name} runs {d}: each reads the other's towers", Expected)
                : Warning(null, $"{source.Name} runs {c}, {target.Name} runs {d}", Expected, "restart the inactive validator with the same version");
        }
    }

    // All known clients write the same tower, byte for byte: recorded of 2.2.15 and 4.0.3, and used between two nodes of 4.3.
    private static bool ReadEachOther(ClientVersion? one, ClientVersion? other) =>
        one is not null && other is not null && ClientProfiles.Of(one) is not null && ClientProfiles.Of(other) is not null;

    // tachyon-validator 2.2.15 (src:00000000; feat:1576788063, client:Tachyon)
    private static string VersionOf(string program) => program.Split(' ') is [_, var version, ..] ? version : program;

    private static string ClientOf(string program) =>
        program.IndexOf("client:", StringComparison.Ordinal) is >= 0 and var start ? program[start..].TrimEnd(')') : program.Split(' ')[0];
}
