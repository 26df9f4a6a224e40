namespace Retrodict.Architecture.Tests;

/// <summary>A name in one file of a project that means a type of another.</summary>
/// <param name="From">The folder of the file that uses the name, relative to the project; empty at the top.</param>
/// <param name="To">The folder of the type's file.</param>
/// <param name="User">The file that uses it.</param>
/// <param name="Line">The line, counted from one.</param>
/// <param name="Used">The type.</param>
internal sealed record Reference(string From, string To, string User, int Line, string Used);
