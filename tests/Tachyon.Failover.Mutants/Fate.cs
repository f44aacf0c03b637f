namespace Tachyon.Failover.Mutants;

/// <summary>What became of a mutant.</summary>
internal enum Fate
{
    /// <summary>A test failed, or did not end.</summary>
    Killed,

    /// <summary>No test noticed it.</summary>
    Survived,

    /// <summary>No test can notice it, and it is written down why.</summary>
    Equivalent,

    /// <summary>The compiler makes the same of it as of the code without the change, or as of another mutant.</summary>
    SameCode,

    /// <summary>It is no C#.</summary>
    DoesNotCompile,
}
