using Retrodict.Cli;
using Retrodict.Cli.Hosting;

using var interruption = new Interruption();
return Application.Run(args, Terminal.OfProcess(), interruption.Token);
