using Tachyon.Failover.Nodes;

namespace Tachyon.Failover.Testing.Simulation.Nodes;

/// <summary>The commands that an operator is told to type on a node, and their effect.</summary>
internal static class TypedCommands
{
    public static string TextOf(ValidatorCommand command, NodePaths paths)
    {
        var program = $"{paths.Program} -l {paths.Ledger}";
        return command switch
        {
            ValidatorCommand.TakeUnstakedIdentity => $"{program} set-identity {paths.UnstakedKeypair}",
            ValidatorCommand.TakeStakedIdentity => $"{program} set-identity --require-tower {paths.StakedKeypair}",
            ValidatorCommand.AddAuthorizedVoters => $"{program} authorized-voter add {paths.StakedKeypair}",
            ValidatorCommand.RemoveAllAuthorizedVoters => $"{program} authorized-voter remove-all",
            ValidatorCommand.ShowContactInfo => $"{program} contact-info",
            ValidatorCommand.MoveTowerAside => $"mv -nT {paths.Ledger}/tower {paths.Ledger}/tower.aside-$(date +%s)",
            _ => throw new ArgumentOutOfRangeException(nameof(command), command, "No such command."),
        };
    }

    /// <summary>The effect of a typed line on a node.</summary>
    /// <exception cref="ArgumentException">No simulated node knows the line.</exception>
    public static HostCommand Parse(string line)
    {
        var paths = NodePaths.Usual;
        foreach (var command in Enum.GetValues<ValidatorCommand>())
        {
            if (line == TextOf(command, paths))
            {
                return Of(command, paths);
            }
        }

        throw new ArgumentException($"No simulated node knows the line '{line}'.", nameof(line));
    }

    private static HostCommand Of(ValidatorCommand command, NodePaths paths) => command switch
    {
        ValidatorCommand.TakeUnstakedIdentity => HostCommands.SetIdentity(IdentityRole.Unstaked, paths, requiresTower: false),
        ValidatorCommand.TakeStakedIdentity => HostCommands.SetIdentity(IdentityRole.Staked, paths, requiresTower: true),
        ValidatorCommand.AddAuthorizedVoters => HostCommands.AddVoters(paths),
        ValidatorCommand.RemoveAllAuthorizedVoters => HostCommands.RemoveVoters(paths),
        ValidatorCommand.ShowContactInfo => HostCommands.ContactInfo(paths),
        _ => HostCommands.SetAside(),
    };
}
