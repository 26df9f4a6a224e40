using BenchmarkDotNet.Running;
using Retrodict.Benchmarks;

// "table" times every case beside its peer, "growth" solves on ever finer grids, "learning" trains local inverses and solves with them,
// "ablations" trains surrogates without their parts, "builds" holds one build's table against another's, "mutations" gives readers
// damaged inputs, "kills" kills the command line, "soak" solves for an hour; anything else goes to BenchmarkDotNet, for single questions.
if (args is ["table", .. var options])
{
    return TableCommand.Run(options);
}

if (args is ["growth", .. var growth])
{
    return GrowthCommand.Run(growth);
}

if (args is ["learning", .. var learning])
{
    return LearningCommand.Run(learning);
}

if (args is ["ablations", .. var ablations])
{
    return AblationsCommand.Run(ablations);
}

if (args is ["builds", .. var builds])
{
    return BuildsCommand.Run(builds);
}

if (args is ["mutations", .. var mutations])
{
    return MutationsCommand.Run(mutations);
}

if (args is ["kills", .. var kills])
{
    return KillsCommand.Run(kills);
}

if (args is ["soak", .. var soak])
{
    return SoakCommand.Run(soak);
}

BenchmarkSwitcher.FromAssembly(typeof(CaseQuestions).Assembly).Run(args);
return 0;
