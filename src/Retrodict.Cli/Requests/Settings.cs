using Retrodict.Cli.Rendering;

namespace Retrodict.Cli.Requests;

/// <summary>The values of the options that all verbs share; no precision where none was asked for.</summary>
internal sealed record Settings(ulong Seed, int Threads, Precision? Precision, bool Json, bool Verbose, bool Quiet);
