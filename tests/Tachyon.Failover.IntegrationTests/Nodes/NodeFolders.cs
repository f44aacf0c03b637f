using Tachyon.Failover.Contracts;
using Tachyon.Failover.Testing.Keypairs;
using Tachyon.Failover.Towers;

namespace Tachyon.Failover.IntegrationTests.Nodes;

/// <summary>The folders of one node, as the guide has them, without a validator. The names are awkward on purpose.</summary>
public sealed class NodeFolders
{
    public NodeFolders(TemporaryFolder folder, string name)
    {
        Home = Directory.CreateDirectory(folder.File($"{name}'s $home")).FullName;
        Ledger = Directory.CreateDirectory(folder.File($"{name} \"ledger\" `x`")).FullName;
        Settings = new ValidatorNodeSettings
        {
            Name = name,
            Ledger = Ledger,
            IdentityLink = Path.Combine(Home, "identity.json"),
            StakedKeypair = Path.Combine(Home, "staked-identity.json"),
            UnstakedKeypair = Path.Combine(Home, "unstaked-identity.json"),
            TimeLimits = Patience.TimeLimits,
        };
        ValidatorKeypair.Generate(1, "staked").Save(Settings.StakedKeypair);
        ValidatorKeypair.Generate(1, name).Save(Settings.UnstakedKeypair);
        File.CreateSymbolicLink(Settings.IdentityLink, Settings.UnstakedKeypair);
    }

    public static Pubkey StakedIdentity => ValidatorKeypair.Generate(1, "staked").Pubkey;

    public string Home { get; }

    public string Ledger { get; }

    public ValidatorNodeSettings Settings { get; }

    public string Tower => Path.Combine(Ledger, new TowerFileName(StakedIdentity).ToString());

    public void Save(TowerFile tower) => BeginSaving(tower)();

    /// <summary>Writes a tower under the name that a validator writes it under; what is returned renames it.</summary>
    public Action BeginSaving(TowerFile tower)
    {
        var temporary = Tower + ".new";
        File.WriteAllBytes(temporary, tower.Bytes.ToArray());
        return () => File.Move(temporary, Tower, overwrite: true);
    }

    public byte[]? Saved => File.Exists(Tower) ? File.ReadAllBytes(Tower) : null;

    public IReadOnlyList<byte[]> Others =>
        [.. Directory.GetFiles(Ledger).Where(file => file != Tower && !file.EndsWith(".lock", StringComparison.Ordinal)).Select(File.ReadAllBytes)];
}
