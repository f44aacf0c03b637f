using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Tachyon.Failover.Cli;

/// <summary>The help of System.CommandLine, followed by the exit codes.</summary>
internal sealed class HelpWithExitCodes(HelpAction help) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        help.Invoke(parseResult);
        var output = parseResult.InvocationConfiguration.Output;
        output.WriteLine("Exit codes:");
        foreach (var (code, meaning) in ExitCode.All)
        {
            output.WriteLine($"  {code,3}  {meaning}");
        }

        return ExitCode.Done;
    }
}
