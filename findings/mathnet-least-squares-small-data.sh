#!/bin/bash
# Math.NET Numerics 5.0.0: LevenbergMarquardtMinimizer on the same straight line in other units.
# Expected: 1 and 1.4 (a + b x, a linear problem) times the unit, or an exit that says that nothing was done.
# Seen: in units of 1e-10 the start (0, 0) comes back with ReasonForExit Converged and standard errors 4e-10 and 2e-10, as of a solution:
#   the sum of squares is compared with an absolute number.
# Why it matters: this is the least-squares solver that a .NET program most likely used before. Currents, concentrations and SI lengths are
#   that small; scale the data to about one before comparing. In Retrodict no test depends on a unit.
set -eu
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
cat > fit.csproj <<'XML'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings></PropertyGroup>
  <ItemGroup><PackageReference Include="MathNet.Numerics" Version="[5.0.0]" /></ItemGroup>
</Project>
XML
cat > Program.cs <<'CS'
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Optimization;

double[] x = [0, 1, 2, 3, 4], y = [0.9, 2.2, 4.1, 5.6, 6.2];
var points = Vector<double>.Build.Dense(x);
Console.WriteLine("MathNet.Numerics 5.0.0");
var (ordinary, small) = (Fit(1), Fit(1e-10));
var right = Math.Abs(ordinary.MinimizingPoint[0] - 1) < 1e-6 && Math.Abs(ordinary.MinimizingPoint[1] - 1.4) < 1e-6;
var still = small.ReasonForExit == ExitCondition.Converged && small.MinimizingPoint.L2Norm() == 0 && small.StandardErrors.All(e => e > 0);
return right && still ? 0 : 1;

NonlinearMinimizationResult Fit(double unit)
{
    var objective = ObjectiveFunction.NonlinearModel(
        (p, t) => t.Map(s => p[0] + (p[1] * s)),
        (p, t) => Matrix<double>.Build.Dense(t.Count, 2, (i, j) => j == 0 ? 1 : t[i]), points, Vector<double>.Build.Dense(y) * unit);
    var result = new LevenbergMarquardtMinimizer().FindMinimum(objective, Vector<double>.Build.Dense(2));
    var (p, e) = (result.MinimizingPoint / unit, result.StandardErrors / unit);
    Console.WriteLine($"unit {unit:e0}  a {p[0]:f6} +- {e[0]:f4}  b {p[1]:f6} +- {e[1]:f4}  {result.ReasonForExit}, iterations {result.Iterations}");
    return result;
}
CS
DOTNET_NOLOGO=1 dotnet run -c Release
