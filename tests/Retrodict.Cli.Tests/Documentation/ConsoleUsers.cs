namespace Retrodict.Cli.Tests.Documentation;

/// <summary>Tests that redirect the process's console or change its folder run alone.</summary>
[CollectionDefinition(nameof(ConsoleUsers), DisableParallelization = true)]
public sealed class ConsoleUsers;
