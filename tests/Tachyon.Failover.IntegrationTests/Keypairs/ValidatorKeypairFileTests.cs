using FluentAssertions;
using Tachyon.Failover.Testing.Keypairs;
using Xunit;

namespace Tachyon.Failover.IntegrationTests.Keypairs;

public sealed class ValidatorKeypairFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tachyon-keypair-");

    private string FilePath => Path.Combine(_folder.FullName, "staked.json");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Load_SavedKeypair_IsTheSameKeypair()
    {
        var keypair = ValidatorKeypair.Generate(1, "staked");

        keypair.Save(FilePath);

        ValidatorKeypair.Load(FilePath).ToJson().Should().Be(keypair.ToJson());
    }

    [Fact]
    public void Save_OverALongerFileThatAnyoneMayRead_LeavesOneThatOnlyItsOwnerMay()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no modes.");
        File.WriteAllText(FilePath, new string(' ', 10_000) + "x");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(FilePath, (UnixFileMode)0b110_100_100);
        }

        ValidatorKeypair.Generate(1, "staked").Save(FilePath);

        ValidatorKeypair.Load(FilePath).Pubkey.Should().Be(ValidatorKeypair.Generate(1, "staked").Pubkey);
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(FilePath).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    [Fact]
    public void Save_NewFile_OnlyItsOwnerMayRead()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no modes.");

        ValidatorKeypair.Generate(1, "staked").Save(FilePath);

        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(FilePath).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }
}
