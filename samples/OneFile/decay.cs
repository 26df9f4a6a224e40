#!/usr/bin/env dotnet
#:project ../../src/Retrodict/Retrodict.csproj
// A program in one file, without a project: dotnet run samples/OneFile/decay.cs
using Retrodict;
using static Retrodict.Autodiff.Value;

double[] time = [0, 0.5, 1, 1.5, 2, 3, 4, 6];
double[] activity = [4.02, 3.11, 2.40, 1.87, 1.47, 0.89, 0.55, 0.19];
var problem = new InverseProblem(x => x[0] * Exp(-x[1] * Constant(time)), unknowns: 2) { Noise = 0.02 };
Console.WriteLine(new LevenbergMarquardt().Solve(problem, activity, start: [1, 1]));
