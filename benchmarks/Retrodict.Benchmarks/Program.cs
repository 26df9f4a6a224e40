using BenchmarkDotNet.Running;
using Retrodict.Benchmarks;

// "table" times every case beside its peer, "growth" solves on ever finer grids, "learning" trains local inverses and solves with them,
// "ablations" trains surrogates without their parts, "builds" holds one build's table against another's; anything else goes to
// BenchmarkDotNet, for single questions.
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

BenchmarkSwitcher.FromAssembly(typeof(CaseQuestions).Assembly).Run(args);
return 0;
