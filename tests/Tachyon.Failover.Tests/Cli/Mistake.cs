namespace Tachyon.Failover.Tests.Cli;

/// <summary>Something that a person writes wrong into the pair file of <see cref="CliScene.GoodPair"/>, and what the program says to it.</summary>
/// <param name="Name">What the person did.</param>
/// <param name="From">What stood there.</param>
/// <param name="To">What was written instead.</param>
/// <param name="Line">The line that the program names.</param>
/// <param name="Problem">What it says is wrong.</param>
/// <param name="Remedy">What it says to do.</param>
internal sealed record Mistake(string Name, string From, string To, int Line, string Problem, string Remedy);
