namespace Tachyon.Failover.Tests.Cli;

/// <summary>A mistake in the pair file of <see cref="CliScene.GoodPair"/>, and the program's message.</summary>
/// <param name="Name">The mistake in words.</param>
/// <param name="From">The original text.</param>
/// <param name="To">The wrong text.</param>
/// <param name="Line">The line in the message.</param>
/// <param name="Problem">The problem in the message.</param>
/// <param name="Remedy">The remedy in the message.</param>
internal sealed record Mistake(string Name, string From, string To, int Line, string Problem, string Remedy);
