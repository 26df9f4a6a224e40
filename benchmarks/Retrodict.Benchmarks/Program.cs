using BenchmarkDotNet.Running;
using Retrodict.Benchmarks;

// "table" times every case beside its peer; anything else goes to BenchmarkDotNet, for single questions.
if (args is ["table", .. var options])
{
    return TableCommand.Run(options);
}

BenchmarkSwitcher.FromAssembly(typeof(CaseQuestions).Assembly).Run(args);
return 0;
