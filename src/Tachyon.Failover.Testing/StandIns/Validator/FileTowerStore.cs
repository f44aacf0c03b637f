using Tachyon.Failover.Testing.Keypairs;
using Tachyon.Failover.Testing.Simulation.Chain;
using Tachyon.Failover.Testing.Simulation.Validator;
using Tachyon.Failover.Testing.Simulation.Votes;

namespace Tachyon.Failover.Testing.StandIns.Validator;

/// <summary>Real tower files: signed, written to <c>.bin.new</c> and renamed, without fsync (validator.md 1.5).</summary>
internal sealed class FileTowerStore(string folder) : ITowerStore
{
    private readonly Dictionary<Pubkey, ValidatorKeypair> _keypairs = [];

    /// <summary>Adds a keypair that may have to sign towers.</summary>
    public void Know(ValidatorKeypair keypair) => _keypairs[keypair.Pubkey] = keypair;

    public string PathOf(Pubkey identity) => Path.Combine(folder, $"tower-1_9-{identity}.bin");

    public void Save(Pubkey identity, VoteStack stack, Bank votedFor)
    {
        var file = ValidatorTowerFile.Write(_keypairs[identity], stack, votedFor);
        var path = PathOf(identity);
        File.WriteAllBytes(path + ".new", file.Bytes.ToArray());
        File.Move(path + ".new", path, overwrite: true);
    }

    public SavedTower Load(Pubkey identity)
    {
        try
        {
            return ValidatorTowerFile.Read(File.ReadAllBytes(PathOf(identity)), identity);
        }
        catch (FileNotFoundException)
        {
            return SavedTower.Missing;
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            return SavedTower.Unreadable("IO Error: Permission denied (os error 13)");
        }
    }
}
